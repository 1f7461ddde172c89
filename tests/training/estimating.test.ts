import {describe, expect, it} from 'vitest';
import {type RunEvent} from '../../source/run/events.js';
import {estimating} from '../../source/training/estimating.js';
import {type Measurer} from '../../source/training/measurer.js';
import {type Known} from '../../source/training/prober.js';
import {type TrainingEvent} from '../../source/training/train.js';

const fit = {loss: 1, accuracy: {train: 1, test: 1}};

/** A measurer whose answers come when the test says so: the n-th is `{x: n}`. */
function measurerOfTheTest() {
	const answers: Array<{readonly resolve: (known?: Known) => void; readonly reject: () => void}> = [];
	const measurer: Measurer = {
		wantsWeights: true,
		async measure() {
			const x = answers.length;
			return new Promise<Known>((resolve, reject) => {
				answers.push({
					resolve(known) {
						resolve(known ?? {fit, information: [{bins: {x, y: 0}}]});
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
	return {measurer, answers};
}

const breath: TrainingEvent = {type: 'breath', epoch: 0};
const end: TrainingEvent = {type: 'end', reason: 'finished', epoch: 9};
const measured = (epoch: number): TrainingEvent[] => [
	{type: 'weights', epoch, parameters: {weights: [], biases: []}},
	{
		type: 'measured', epoch, seconds: 0, layers: [{layer: 1, gradient: null, weightNorm: 1}],
	},
	breath,
];

/** Runs the stage over the events, and tells what came out and how far the source was taken. */
function running(events: readonly TrainingEvent[], measurer: Measurer) {
	const out: RunEvent[] = [];
	const taken: TrainingEvent[] = [];
	const source = async function * () {
		for (const event of events) {
			taken.push(event);
			yield event;
		}
	};

	const finished = (async () => {
		for await (const event of estimating(source(), measurer)) {
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
		const {measurer, answers} = measurerOfTheTest();
		const {out, taken, finished} = running([0, 1, 2, 3].flatMap(epoch => measured(epoch)).concat(end), measurer);
		await settled();
		expect(answers).toHaveLength(3);
		expect(taken.filter(({type}) => type === 'measured')).toHaveLength(3);
		expect(out).toEqual([]);
		answers[0]!.resolve();
		await settled();
		expect(out).toMatchObject([{epoch: 0, ...fit, layers: [{layer: 1, information: {bins: {x: 0}}, weightNorm: 1}]}]);
		expect(out[0]!.type).toBe('epoch');
		expect(answers).toHaveLength(4);
		for (const {resolve} of answers.slice(1)) {
			resolve();
		}

		await finished;
		expect(out.map(({type}) => type)).toEqual(['epoch', 'epoch', 'epoch', 'epoch', 'end']);
	});

	it('keeps the order of the epochs, whichever information comes first, and gives each its own', async () => {
		const {measurer, answers} = measurerOfTheTest();
		const {out, finished} = running([...measured(0), ...measured(1), end], measurer);
		await settled();
		answers[1]!.resolve();
		await settled();
		expect(out).toEqual([]);
		answers[0]!.resolve();
		await finished;
		expect(out).toMatchObject([{epoch: 0, layers: [{information: {bins: {x: 0}}}]}, {epoch: 1, layers: [{information: {bins: {x: 1}}}]}, end]);
	});

	it('tells a pause after the epochs before it', async () => {
		const {measurer, answers} = measurerOfTheTest();
		const {out, finished} = running([...measured(0), {type: 'pause', epoch: 0}, end], measurer);
		await settled();
		expect(out).toEqual([]);
		answers[0]!.resolve();
		await finished;
		expect(out.map(({type}) => type)).toEqual(['epoch', 'pause', 'end']);
	});

	it('ends the run at the epoch whose activations turn out not to be finite, whatever was trained since', async () => {
		const {measurer, answers} = measurerOfTheTest();
		const {out, finished} = running([...measured(0), ...measured(1), ...measured(2), end], measurer);
		await settled();
		answers[2]!.resolve();
		answers[1]!.resolve({broken: 3});
		answers[0]!.resolve();
		await finished;
		const message = expect.stringContaining('the activations of layer 3 became NaN') as string;
		expect(out).toMatchObject([{epoch: 0}, {reason: 'diverged', epoch: 1, message}]);
		expect(out.map(({type}) => type)).toEqual(['epoch', 'end']);
	});

	it('fails with what an estimator failed with', async () => {
		const {measurer, answers} = measurerOfTheTest();
		const {finished} = running([...measured(0), end], measurer);
		await settled();
		answers[0]!.reject();
		await expect(finished).rejects.toThrow('the estimator broke');
	});
});
