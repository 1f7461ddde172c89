/** Steps per second of the built-in engine, numpy and PyTorch on the same training, on one thread each (frameworks.py). */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {type Batch, type NetworkOptions} from '../../source/engine/engine.js';
import {initialState} from '../../source/engine/initialise.js';
import {GradientStatistics} from '../../source/probes/gradients.js';
import {Random} from '../../source/random.js';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {median, printTable} from './table.js';

type Answer = {
	/** Of the first steps, in which all must agree. */
	readonly losses: readonly number[];
	/** Steps per second of processor time, by setting. */
	readonly best: Readonly<Record<string, number>>;
};

type Contender = {readonly name: string; readonly run: (network: NetworkOptions, batches: readonly Batch[]) => Answer};

const networks: ReadonlyArray<readonly [widths: readonly number[], rows: number]> = [
	[[12, 10, 7, 5, 4, 3, 2], 512],
	[[784, 1024, 20, 20, 20, 10], 128],
];

/** Of an epoch of the 12-bit data: after so many, the gradients are reduced to mean and spread. */
const batchesPerEpoch = 7;
const comparedSteps = 14;
const rounds = 5;
const seconds = 0.4;

export function benchFrameworks(): void {
	const contenders: Contender[] = [
		{name: 'ibtop builtin', run: ownSide},
		...['numpy', 'torch'].filter(name => hasPython(name)).map(name => ({name, run: pythonSide(name)})),
	];
	const rows: string[][] = [];
	for (const [widths, batchRows] of networks) {
		const network: NetworkOptions = {
			widths, activation: 'tanh', optimizer: {
				name: 'adam', learningRate: 4e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
			},
		};
		const batches = learnableBatches(widths, batchRows);
		const answers = Array.from({length: rounds}, () => contenders.map(({run}) => run(network, batches)));
		const [own] = answers[0]!;
		const speeds = contenders.map((_, index) => bestSetting(answers.map(round => round[index]!)));
		for (const [index, {name}] of contenders.entries()) {
			const {losses} = answers[0]![index]!;
			const [setting, speed] = speeds[index]!;
			rows.push([
				widths.join('-'),
				String(batchRows),
				name,
				setting,
				speed.toFixed(0),
				`${(speeds[0]![1] / speed).toFixed(2)}×`,
				losses.at(-1)!.toFixed(6),
				losses.every((loss, step) => Math.abs(loss - own!.losses[step]!) < 1e-4) ? 'yes' : 'NO',
			]);
		}
	}

	printTable(['network', 'batch', 'by', 'setting', 'steps/s', 'ibtop is', `loss, step ${comparedSteps}`, 'same losses'], rows);
}

/** The setting whose median over the rounds is the greatest. */
function bestSetting(answers: readonly Answer[]): [setting: string, speed: number] {
	const medians = Object.keys(answers[0]!.best).map((setting): [string, number] => [setting, median(answers.map(({best}) => best[setting]!))]);
	return medians.toSorted((a, b) => b[1] - a[1])[0]!;
}

/** Inputs of 0 and 1, whose class is that of the random unit that they excite most. */
function learnableBatches(widths: readonly number[], rows: number): Batch[] {
	const random = Random.stream(1, 'bench');
	const features = widths[0]!;
	const classes = widths.at(-1)!;
	const directions = Array.from({length: classes}, () => Float64Array.from({length: features}, () => random.normal()));
	return Array.from({length: batchesPerEpoch}, () => {
		const inputs = Float32Array.from({length: rows * features}, () => random.below(2));
		const targets = new Float32Array(rows * classes);
		for (let row = 0; row < rows; row++) {
			const excited = directions.map(direction => direction.reduce((sum, weight, feature) => sum + (weight * (inputs[(row * features) + feature]! - 0.5)), 0));
			targets[(row * classes) + excited.indexOf(Math.max(...excited))] = 1;
		}

		return {rows, inputs, targets};
	});
}

const startOf = (network: NetworkOptions) => initialState(network, 'truncated-normal-fan-in', 1);

const ownSide: Contender['run'] = (network, batches) => {
	const engine = createBuiltinEngine(network, startOf(network));
	const losses: number[] = [];
	for (let step = 0; step < comparedSteps; step++) {
		engine.step(batches[step % batches.length]!, loss => {
			losses.push(loss);
		});
	}

	const before = process.cpuUsage();
	const elapsed = () => {
		const {user, system} = process.cpuUsage(before);
		return (user + system) / 1e6;
	};

	let steps = 0;
	while (elapsed() < seconds) {
		const statistics = new GradientStatistics(engine.gradientMeans());
		for (const batch of batches) {
			engine.step(batch, (_loss, {weights}) => {
				statistics.add(weights);
			});
		}

		statistics.summarise();
		steps += batches.length;
	}

	const speed = steps / elapsed();
	engine.dispose();
	return {losses, best: {'': speed}};
};

const pythonSide = (framework: string): Contender['run'] => (network, batches) => withTemporaryFolder(folder => {
	const {widths, optimizer} = network;
	writeFileSync(path.join(folder, 'case.json'), JSON.stringify({
		framework, widths, rows: batches[0]!.rows, batches: batches.length, steps: comparedSteps, seconds, optimizer,
	}));
	for (const [layer, values] of startOf(network).parameters.weights.entries()) {
		writeFileSync(path.join(folder, `w${layer}.f32`), values);
	}

	const classes = widths.at(-1)!;
	const labels = batches.flatMap(({rows, targets}) => Array.from({length: rows}, (_, row) => targets.subarray(row * classes, (row + 1) * classes).indexOf(1)));
	writeFileSync(path.join(folder, 'inputs.f32'), Float32Array.from(batches.flatMap(({inputs}) => [...inputs])));
	writeFileSync(path.join(folder, 'labels.u8'), Uint8Array.from(labels));
	return runPython(new URL('frameworks.py', import.meta.url), folder) as Answer;
});
