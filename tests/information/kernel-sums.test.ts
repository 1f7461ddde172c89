import {describe, expect, it} from 'vitest';
import {kernelSums} from '../../source/information/kernel-density/kernel-sums.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {Random} from '../../source/random.js';

const variance = 1e-3;
const radius = Math.sqrt(8 * variance * 30 / Math.LOG2E);

/** Sums of both kernels at the queries in float64, over all rows and over those of the query's class. */
function reference({rows, units, values}: LayerActivations, labels: Uint8Array, queries: Int32Array) {
	const sumsOf = (divisor: number, isOwn: boolean) => Float64Array.from(queries, query => {
		let sum = 0;
		for (let row = 0; row < rows; row++) {
			let distance = 0;
			for (let unit = 0; unit < units; unit++) {
				distance += (values[(query * units) + unit]! - values[(row * units) + unit]!) ** 2;
			}

			sum += isOwn && labels[row] !== labels[query] ? 0 : Math.exp(-distance / (divisor * variance));
		}

		return sum;
	});
	return {all: {upper: sumsOf(2, false), lower: sumsOf(8, false)}, part: {upper: sumsOf(2, true), lower: sumsOf(8, true)}};
}

function expectSums(layer: LayerActivations, labels: Uint8Array, queries?: Int32Array): void {
	const sums = kernelSums(layer, variance, {labels}, queries);
	const wanted = reference(layer, labels, sums.queries);
	for (const which of ['all', 'part'] as const) {
		for (const bound of ['upper', 'lower'] as const) {
			for (const [index, sum] of sums[which][bound].entries()) {
				expect(Math.abs((sum / wanted[which][bound][index]!) - 1)).toBeLessThan(1e-5);
			}
		}
	}
}

describe('sums of kernels', () => {
	const random = Random.stream(1, 'kernel sums');
	const rows = 700;
	const labels = Uint8Array.from({length: rows}, () => random.below(3));

	// Boxes are told in levels of a frame: neither what lies beyond the frame nor between two levels may be lost.
	it.each([1, 2, 3, 7, 13])('of queries that lie close together, with rows of %d units within and far beyond them', units => {
		const values = Float32Array.from({length: rows * units}, (_, index) =>
			(Math.floor(index / units) % 3 === 0 ? 0.1 : 40 / units) * random.normal());
		const queries = Int32Array.from({length: 90}, (_, index) => 3 * index);
		expectSums({rows, units, values}, labels, queries);
	});

	it.each([1, 2, 3, 7, 13])('of pairs of clouds whose rows of %d units lie about as far apart as a kernel reaches', units => {
		const values = Float32Array.from({length: rows * units}, (_, index) => {
			const [row, unit] = [Math.floor(index / units), index % units];
			return (unit === row % units ? radius * (row % 5) / 4 : 0) + (0.02 * random.normal());
		});
		expectSums({rows, units, values}, labels);
	});

	it.each([0.5, 3, 30, 300])('where the rows extend over %d times the reach', extent => {
		const values = Float32Array.from({length: rows * 4}, () => extent * radius * random.uniform());
		// Neighbours, so that there are sums to get wrong
		for (let row = 1; row < rows; row += 2) {
			for (let unit = 0; unit < 4; unit++) {
				values[(row * 4) + unit] = values[((row - 1) * 4) + unit]! + (0.2 * radius * random.uniform());
			}
		}

		expectSums({rows, units: 4, values}, labels);
	});

	// Near rows of three classes, so that they are in several groups, whose levels may differ although the rows are near; wide rows have finer levels too.
	const clusters = [0.5, 3, 30, 300, 3000, 10_000, 30_000].flatMap(extent => [4, 6, 9].flatMap(units => [2, 12].map(together => ({extent, units, together}))));
	it.each(clusters)('where $together rows of $units units are near one another, and all extend over $extent times the reach', ({extent, units, together}) => {
		const centres = Float32Array.from({length: rows * units}, () => extent * radius * random.uniform());
		const values = Float32Array.from({length: rows * units}, (_, index) => {
			const [row, unit] = [Math.floor(index / units), index % units];
			return centres[((row - (row % together)) * units) + unit]! + (radius * random.normal() * 0.45 / Math.sqrt(units));
		});
		expectSums({rows, units, values}, labels);
	});
});
