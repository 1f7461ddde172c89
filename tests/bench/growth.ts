/**
How cost grows with the width of the layers, the samples, the layers and the repeats: a table, and a plot of it in growth.svg. tanh layers, 12 random
features, two classes, batch 512; the least of three rounds, in one thread, but for the repeats, which are whole processes.
*/
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {type Dataset} from '../../source/dataset/dataset.js';
import {initialState} from '../../source/engine/initialise.js';
import {renderSvg} from '../../source/export/render-svg.js';
import {parseEstimator} from '../../source/information/registry.js';
import {probeActivations} from '../../source/probes/activations.js';
import {Random} from '../../source/random.js';
import {epochRows, stepperOver} from '../../source/training/batches.js';
import {builtin} from '../helpers/train.js';
import {runJob} from './job.js';
import {printTable} from './table.js';

const features = 12;
const classes = 2;
const rounds = 3;

/** Milliseconds, by what takes them. */
type Costs = Readonly<Record<string, number>>;
type Point = {readonly of: string; readonly value: number; readonly costs: Costs};

export async function benchGrowth(): Promise<void> {
	const points: Point[] = [
		...[10, 30, 100, 300, 1000].map(width => ({of: 'width (two layers, 4096 samples)', value: width, costs: costsOf([width, width], 4096)})),
		...[4096, 8192, 16_384, 32_768, 65_536].map(samples => ({of: 'samples (10-7-5-4-3)', value: samples, costs: costsOf([10, 7, 5, 4, 3], samples)})),
		...[1, 2, 5, 10, 20].map(layers => ({of: 'layers (ten units each, 4096 samples)', value: layers, costs: costsOf(Array.from({length: layers}, () => 10), 4096)})),
		...await repeats([1, 2, 5, 10, 20, 50]),
	];
	printTable(['of', 'value', 'what', 'milliseconds', 'times the one before, for so many times the value'], points.flatMap((point, index) => Object.entries(point.costs).map(([what, time]) => {
		const before = points[index - 1];
		const isFirst = before?.of !== point.of;
		return [point.of, String(point.value), what, time.toPrecision(3), isFirst ? '' : `${(time / before.costs[what]!).toFixed(2)} for ${(point.value / before.value).toFixed(1)}`];
	})));
	writeFileSync(new URL('growth.svg', import.meta.url), await plot(points));
}

function costsOf(hidden: readonly number[], samples: number): Costs {
	const dataset = randomDataset(samples);
	const network = {
		widths: [features, ...hidden, classes],
		activation: 'tanh',
		optimizer: {
			name: 'adam', learningRate: 4e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
		},
	} as const;
	const engine = builtin.create(network, initialState(network, 'truncated-normal-fan-in', 1));
	const order = Int32Array.from({length: samples}, (_, index) => index);
	const random = Random.stream(1, 'batches');
	const step = stepperOver(engine, dataset);
	const training = least(() => {
		for (const rows of epochRows(order, 512, random)) {
			step(rows);
		}
	});
	const layers = probeActivations(engine, dataset);
	const forward = least(() => probeActivations(engine, dataset));
	engine.dispose();
	const estimate = (id: string) => least(() => {
		for (const layer of layers) {
			parseEstimator(id).estimate(layer, {classes, labels: dataset.labels});
		}
	});
	return {
		'an epoch of training': training, 'a forward pass': forward, 'bins, all layers': estimate('bins'), 'kde:0.001, all layers': estimate('kde:0.001'),
	};
}

function randomDataset(samples: number): Dataset {
	const random = Random.stream(1, 'bench');
	const inputs = Float32Array.from({length: samples * features}, () => random.normal());
	const labels = Uint8Array.from({length: samples}, (_, row) => Number(inputs[row * features]! + inputs[(row * features) + 1]! > 0));
	return {
		name: 'random', samples, features, classes, inputs, labels, bounds: {x: Math.log2(samples), y: 1},
	};
}

async function repeats(counts: readonly number[]): Promise<Point[]> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	try {
		const points: Point[] = [];
		for (const count of counts) {
			const {seconds} = await runJob(folder, `repeats-${count}`, ['--epochs', '1000', '--repeats', String(count)]);
			points.push({of: 'repeats (tanh, 1000 epochs)', value: count, costs: {'the whole run': seconds * 1000}});
		}

		return points;
	} finally {
		rmSync(folder, {recursive: true});
	}
}

function least(work: () => unknown): number {
	return Math.min(...Array.from({length: rounds}, () => {
		const start = performance.now();
		work();
		return performance.now() - start;
	}));
}

/** A panel for what grows, log-log, so that what is linear has the slope of the grey line. */
async function plot(points: readonly Point[]): Promise<string> {
	const axis = {type: 'quantitative', scale: {type: 'log', nice: false}} as const;
	return renderSvg({
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		description: 'Cost over width, samples, layers and repeats.',
		config: {font: 'Arimo, Arial, sans-serif', axis: {labelFontSize: 10, titleFontSize: 10}},
		columns: 2,
		concat: [...new Set(points.map(point => point.of))].map(of => {
			const own = points.filter(point => point.of === of).flatMap(({value, costs}) => Object.entries(costs).map(([what, milliseconds]) => ({value, what, milliseconds})));
			const [first, last] = [own[0]!, own.at(-1)!.value];
			const linear = [first.value, last].map(value => ({value, milliseconds: first.milliseconds * value / first.value}));
			return {
				title: {text: of, fontSize: 11},
				width: 260,
				height: 180,
				layer: [
					{
						data: {values: linear},
						mark: {type: 'line', color: '#bbbbbb', strokeDash: [3, 3]},
						encoding: {x: {field: 'value', ...axis, title: null}, y: {field: 'milliseconds', ...axis, title: 'milliseconds'}},
					},
					{
						data: {values: own},
						mark: {type: 'line', point: true},
						encoding: {
							x: {field: 'value', ...axis, title: null},
							y: {field: 'milliseconds', ...axis, title: 'milliseconds'},
							color: {
								field: 'what', type: 'nominal', title: null, scale: {range: ['#0072b2', '#009e73', '#d55e00', '#cc79a7', '#000000']}, legend: {orient: 'top', columns: 2, labelLimit: 300},
							},
						},
					},
				],
			};
		}),
	}, {text: '180mm', pixels: 180 * 96 / 25.4});
}
