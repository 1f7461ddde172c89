import {describe, expect, it} from 'vitest';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {type EstimatorPool, type LayerEstimates} from '../../source/information/pool.js';
import {type RunEvent} from '../../source/run/events.js';
import {estimating} from '../../source/training/estimating.js';
import {type TrainingEvent} from '../../source/training/train.js';

/** A pool whose answers come when the test says so: the n-th estimate is `{x: n}`. */
function poolOfTheTest() {
	const answers: Array<{readonly resolve: () => void; readonly reject: () => void}> = [];
	const pool: EstimatorPool = {
		async estimate() {
			const x = answers.length;
			return new Promise<LayerEstimates[]>((resolve, reject) => {
				answers.push({
					resolve() {
						resolve([{bins: {x, y: 0}}]);
					},
					reject() {
						reject(new Error('the estimator broke'));
					},
				});
			});
		},
		help: () => false,
		async close() {
			// There is nothing to close.
		},
	};
	return {pool, answers};
}

const layer: LayerActivations = {rows: 1, units: 1, values: Float32Array.of(0)};
const breath: TrainingEvent = {type: 'breath', epoch: 0};
const end: TrainingEvent = {type: 'end', reason: 'finished', epoch: 9};
const measured = (epoch: number): TrainingEvent[] => [
	{type: 'activations', epoch, layers: [layer]},
	{
		type: 'measured', epoch, seconds: 0, loss: 1, accuracy: {train: 1, test: 1}, layers: [{layer: 1, gradient: null, weightNorm: 1}],
	},
	breath,
];

/** Runs the stage over the events, and tells what came out and how far the source was taken. */
function running(events: readonly TrainingEvent[], pool: EstimatorPool) {
	const out: RunEvent[] = [];
	const taken: TrainingEvent[] = [];
	const source = async function * () {
		for (const event of events) {
			taken.push(event);
			yield event;
		}
	};

	const finished = (async () => {
		for await (const event of estimating(source(), pool)) {
			if (event.type !== 'states') {
				out.push(event);
			}
		}
	})();
	return {out, taken, finished};
}

const settled = async () => new Promise(resolve => {
	setImmediate(resolve);
});

describe('training beside its estimators', () => {
	it('goes on while at most two measured epochs wait for their information', async () => {
		const {pool, answers} = poolOfTheTest();
		const {out, taken, finished} = running([0, 1, 2, 3].flatMap(epoch => measured(epoch)).concat(end), pool);
		await settled();
		expect(answers).toHaveLength(3);
		expect(taken.filter(({type}) => type === 'measured')).toHaveLength(3);
		expect(out).toEqual([]);
		answers[0]!.resolve();
		await settled();
		expect(out).toMatchObject([{type: 'epoch', epoch: 0, layers: [{layer: 1, information: {bins: {x: 0}}, weightNorm: 1}]}]);
		expect(answers).toHaveLength(4);
		for (const {resolve} of answers.slice(1)) {
			resolve();
		}

		await finished;
		expect(out.map(({type}) => type)).toEqual(['epoch', 'epoch', 'epoch', 'epoch', 'end']);
	});

	it('keeps the order of the epochs, whichever information comes first, and gives each its own', async () => {
		const {pool, answers} = poolOfTheTest();
		const {out, finished} = running([...measured(0), ...measured(1), end], pool);
		await settled();
		answers[1]!.resolve();
		await settled();
		expect(out).toEqual([]);
		answers[0]!.resolve();
		await finished;
		expect(out).toMatchObject([{epoch: 0, layers: [{information: {bins: {x: 0}}}]}, {epoch: 1, layers: [{information: {bins: {x: 1}}}]}, end]);
	});

	it('tells a pause after the epochs before it', async () => {
		const {pool, answers} = poolOfTheTest();
		const {out, finished} = running([...measured(0), {type: 'pause', epoch: 0}, end], pool);
		await settled();
		expect(out).toEqual([]);
		answers[0]!.resolve();
		await finished;
		expect(out.map(({type}) => type)).toEqual(['epoch', 'pause', 'end']);
	});

	it('fails with what an estimator failed with', async () => {
		const {pool, answers} = poolOfTheTest();
		const {finished} = running([...measured(0), end], pool);
		await settled();
		answers[0]!.reject();
		await expect(finished).rejects.toThrow('the estimator broke');
	});
});
