/**
Steps per second of both engines over the size of the network: where `auto` should change from one to the other; and of the built-in one
beside numpy and PyTorch.
*/
import {performance} from 'node:perf_hooks';
import {type Batch, type Engine, type NetworkOptions} from '../../source/engine/engine.js';
import {initialState} from '../../source/engine/initialise.js';
import {chooseEngine, multiplyAdds, preferredEngine} from '../../source/engine/registry.js';
import {Random} from '../../source/random.js';
import {benchFrameworks} from './frameworks.js';
import {median, printTable} from './table.js';

const networks: ReadonlyArray<readonly [widths: readonly number[], batchSize: number]> = [
	[[12, 10, 7, 5, 4, 3, 2], 512],
	[[12, 10, 7, 5, 4, 3, 2], 3276],
	[[12, 32, 32, 32, 2], 512],
	[[12, 48, 48, 48, 2], 512],
	[[12, 64, 64, 64, 2], 512],
	[[12, 128, 128, 128, 2], 512],
	[[12, 256, 256, 256, 2], 512],
	[[784, 16, 8, 4, 2, 10], 128],
	[[784, 32, 20, 20, 20, 10], 128],
	[[784, 1024, 20, 20, 20, 10], 128],
];

export async function benchEngines(): Promise<void> {
	const rows: string[][] = [];
	for (const [widths, batchSize] of networks) {
		const network: NetworkOptions = {
			widths, activation: 'tanh', optimizer: {
				name: 'adam', learningRate: 4e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
			},
		};
		const engines = await Promise.all((['builtin', 'tensorflow'] as const).map(async name => create(name, network, batchSize)));
		const batch = randomBatch(widths, batchSize);
		const rounds = Array.from({length: 5}, () => engines.map(engine => engine && stepsPerSecond(engine, batch)));
		const [builtin, tensorflow] = engines.map((engine, index) => engine ? median(rounds.map(round => round[index]!)) : undefined);
		rows.push([
			widths.join('-'),
			String(batchSize),
			(multiplyAdds(widths, batchSize) / 1e6).toFixed(2),
			builtin!.toFixed(0),
			tensorflow?.toFixed(0) ?? 'n/a',
			tensorflow ? (builtin! / tensorflow).toFixed(2) : 'n/a',
			preferredEngine(widths, batchSize),
		]);
		for (const engine of engines) {
			engine?.dispose();
		}
	}

	printTable(['network', 'batch', 'Mmul-adds', 'builtin steps/s', 'tensorflow steps/s', 'ratio', 'auto takes'], rows);
	console.log();
	benchFrameworks();
}

async function create(name: 'builtin' | 'tensorflow', network: NetworkOptions, batchSize: number): Promise<Engine | undefined> {
	try {
		const factory = await chooseEngine(name, network.widths, batchSize);
		return factory.create(network, initialState(network, 'truncated-normal-fan-in', 1));
	} catch {
		return undefined;
	}
}

function randomBatch(widths: readonly number[], rows: number): Batch {
	const random = Random.stream(1, 'bench');
	const classes = widths.at(-1)!;
	const targets = new Float32Array(rows * classes);
	for (let row = 0; row < rows; row++) {
		targets[(row * classes) + random.below(classes)] = 1;
	}

	return {rows, inputs: Float32Array.from({length: rows * widths[0]!}, () => random.below(2)), targets};
}

/** Gradients observed, as in a measured epoch; at least 0.3 s. */
function stepsPerSecond(engine: Engine, batch: Batch): number {
	const start = performance.now();
	let steps = 0;
	for (; performance.now() - start < 300; steps++) {
		engine.step(batch, () => undefined);
	}

	return steps / (performance.now() - start) * 1000;
}
