import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {linearBins, widthBins} from '../../source/information/binning.js';
import {informationOfCells} from '../../source/information/cells/estimate.js';
import {
	binKernel, type CellKernel, levelKernel, uniformKernel, widthKernel,
} from '../../source/information/cells/kernels.js';
import {CellMemory} from '../../source/information/cells/memory.js';
import {cellModule} from '../../source/information/cells/module.js';
import {quantileKernel} from '../../source/information/cells/quantile-kernel.js';
import {type Discretise} from '../../source/information/discretise.js';
import {informationOfGroups, type Target} from '../../source/information/entropy.js';
import {groupRows} from '../../source/information/group.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {quantileCells} from '../../source/information/quantile.js';
import {quantisedCells} from '../../source/information/quantised.js';
import {uniformCells} from '../../source/information/uniform.js';
import {Random} from '../../source/random.js';

type Method = {readonly name: string; readonly discretise: Discretise; readonly kernel: CellKernel};

const methods: Method[] = [
	{name: 'bins', discretise: linearBins, kernel: binKernel},
	...[0.07, 0.5, 1e-9, 1e-40, 1e30].map(width => ({name: `width ${width}`, discretise: widthBins(width), kernel: widthKernel(width)})),
	...[1, 4, 8, 16].map(bits => ({name: `exact ${bits}`, discretise: quantisedCells(bits), kernel: levelKernel(bits)})),
	...[1, 2, 30, 256, 65_536].flatMap(count => [
		{name: `uniform ${count}`, discretise: uniformCells(count, 'layer'), kernel: uniformKernel(count)},
		...(['layer', 'neuron'] as const).map(scope =>
			({name: `quantile ${count} of the ${scope}`, discretise: quantileCells(count, scope), kernel: quantileKernel(count, scope)})),
	]),
];

/** The float32 that is `steps` further up. */
function neighbour(value: number, steps: number): number {
	const float = Float32Array.of(value);
	new Int32Array(float.buffer)[0]! += float[0]! > 0 ? steps : -steps;
	return float[0]!;
}

const edges = Array.from({length: 30}, (_, index) => Math.fround(index === 29 ? 1 : (index * (2 / 29)) - 1));
const denormal = 2 ** -149;
const extremes = [0, -0, denormal, -denormal, 2 ** -126, 1, -1, 1e30, -1e30, 3.4e38, -3.4e38, 2 ** 31, -(2 ** 31), 150_323_855, 0.5, 1.5, 2.5];

/** What layers are like: how their values are drawn. */
const kinds: Record<string, (random: Random) => number> = {
	'spread out': random => random.normal(),
	'saturated tanh': random => Math.tanh(9 * random.normal()),
	'half-dead ReLU': random => Math.max(0, 7 * random.normal()),
	'far beyond ±1': random => random.normal() * 1e5,
	'too large for 32 bits': random => random.normal() * 1e30,
	denormal: random => random.below(1000) * denormal,
	'a few neighbours of 1': random => neighbour(1, random.below(9) - 4),
	'at the edges': random => neighbour(edges[random.below(30)]!, random.below(5) - 2),
	'at multiples of 0.07': random => neighbour(Math.fround(0.07 * (random.below(60) - 30)) || 0.07, random.below(3) - 1),
	'few levels': random => random.below(3) - 1,
	constant: () => -0.25,
	extreme: random => extremes[random.below(extremes.length)]!,
};

const drawn = ({kind, seed, rows, units}: {readonly kind: string; readonly seed: number; readonly rows: number; readonly units: number}): LayerActivations => {
	const random = Random.stream(seed, 'test');
	return {rows, units, values: Float32Array.from({length: rows * units}, () => kinds[kind]!(random))};
};

/** Most layers small, some as large as those of the 12-bit data. */
const shape = {
	kind: fc.constantFrom(...Object.keys(kinds)),
	seed: fc.nat(),
	rows: fc.oneof({weight: 9, arbitrary: fc.integer({min: 1, max: 70})}, {weight: 1, arbitrary: fc.integer({min: 1, max: 5000})}),
	units: fc.integer({min: 1, max: 20}),
};
const anyValue = fc.oneof(fc.float({noNaN: true, noDefaultInfinity: true}), fc.constantFrom(...extremes.map(value => Math.fround(value))));
const layers = fc.oneof(
	fc.record(shape).map(each => drawn(each)),
	fc.array(anyValue, {minLength: 1, maxLength: 40}).map((values): LayerActivations => ({rows: values.length, units: 1, values: Float32Array.from(values)})),
);

const targetOf = (rows: number, classes: number): Target => {
	const random = Random.stream(classes, 'labels');
	return {classes, labels: Uint8Array.from({length: rows}, () => random.below(classes))};
};

const referenceCells = (layer: LayerActivations, discretise: Discretise) => {
	const cells = new Int32Array(layer.values.length);
	discretise(layer, cells);
	return cells;
};

const reference = (layer: LayerActivations, target: Target, discretise: Discretise) =>
	informationOfGroups(groupRows(layer.rows, layer.units, referenceCells(layer, discretise)), target);

/** The cells that a kernel finds; `undefined` if it leaves them to the reference. */
function kernelCells(layer: LayerActivations, kernel: CellKernel): Int32Array | undefined {
	const memory = new CellMemory(layer);
	memory.setValues(layer.values);
	return kernel(memory) ? memory.view().slice() : undefined;
}

const isSame = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((cell, index) => cell === b[index]);

describe.each(methods)('the kernel of $name', ({discretise, kernel}) => {
	it('finds the cells that the reference finds, if any', () => {
		fc.assert(fc.property(layers, layer => {
			const cells = kernelCells(layer, kernel);
			return !cells || isSame(cells, referenceCells(layer, discretise));
		}), {numRuns: 100});
	});

	it.each(Object.keys(kinds))('has the information of the reference, to the bit, of layers that are %s', kind => {
		fc.assert(fc.property(fc.record({...shape, kind: fc.constant(kind), classes: fc.integer({min: 1, max: 10})}), ({classes, ...each}) => {
			const layer = drawn(each);
			const target = targetOf(layer.rows, classes);
			expect(informationOfCells(layer, target, discretise, kernel)).toEqual(reference(layer, target, discretise));
		}), {numRuns: 6});
	});
});

describe('kernels', () => {
	it.each([
		['bins', binKernel, Object.keys(kinds)],
		['width 0.07', widthKernel(0.07), ['spread out', 'saturated tanh', 'half-dead ReLU', 'far beyond ±1', 'at the edges', 'constant']],
		['exact 8', levelKernel(8), Object.keys(kinds)],
		['uniform 30', uniformKernel(30), ['spread out', 'saturated tanh', 'half-dead ReLU', 'far beyond ±1', 'at the edges']],
		['quantile 30', quantileKernel(30, 'layer'), Object.keys(kinds)],
	])('of %s leave none of these to the reference', (_, kernel, known) => {
		for (const kind of known) {
			expect([kind, kernelCells(drawn({
				kind, seed: 1, rows: 101, units: 3,
			}), kernel)]).toEqual([kind, expect.any(Int32Array)]);
		}
	});

	it('of width leave cells that do not fit into 32 bits to the reference', () => {
		const of = (value: number) => kernelCells({rows: 1, units: 1, values: Float32Array.of(value)}, widthKernel(1));
		expect([of(neighbour(2 ** 31, -1)), of(-(2 ** 31))]).toEqual([Int32Array.of(2_147_483_520), Int32Array.of(-(2 ** 31))]);
		expect([of(2 ** 31), of(neighbour(-(2 ** 31), -1))]).toEqual([undefined, undefined]);
	});

	it('of bins have every edge, and the numbers around it, where the reference has them', () => {
		const values = Float32Array.from(edges.flatMap(edge => Array.from({length: 41}, (_, index) => neighbour(edge, index - 20))));
		const layer = {rows: values.length, units: 1, values};
		expect(kernelCells(layer, binKernel)).toEqual(referenceCells(layer, linearBins));
	});
});

describe('groups of cells found elsewhere', () => {
	const given = (cells: Int32Array): Discretise => (_, to) => {
		to.set(cells);
	};

	const check = (cells: Int32Array, units: number) => {
		const layer = {rows: cells.length / units, units, values: new Float64Array(cells.length)};
		const target = targetOf(layer.rows, 3);
		expect(informationOfCells(layer, target, given(cells))).toEqual(reference(layer, target, given(cells)));
	};

	it.each([
		['small', fc.integer({min: -2, max: 2})],
		['a power of two apart', fc.integer({min: -3, max: 3}).map(cell => cell * (2 ** 28))],
		['of any size', fc.integer({min: -(2 ** 31), max: (2 ** 31) - 1})],
	])('are those of the reference with cells that are %s', (_, cell) => {
		fc.assert(fc.property(fc.integer({min: 1, max: 9}).chain(units =>
			fc.record({units: fc.constant(units), rows: fc.array(fc.array(cell, {minLength: units, maxLength: units}), {minLength: 1, maxLength: 60})})), ({units, rows}) => {
			check(Int32Array.from(rows.flat()), units);
		}));
	});

	it('are told apart where their hashes agree', () => {
		// The hash mixes c to c ^ (c >>> 16), and adds the first to the second times a factor
		const cells = Array.from({length: 500}, (_, index) => {
			const product = Math.imul(index + 1, 0x9E_37_79_B1);
			return [product ^ (product >>> 16), 0, 0, index + 1];
		}).flat();
		check(Int32Array.from(cells), 2);
		const layer = {rows: 1000, units: 2, values: new Float64Array(2000)};
		expect(informationOfCells(layer, targetOf(1000, 2), given(Int32Array.from(cells))).x).toBeCloseTo(Math.log2(1000), 12);
	});

	it('do not depend on what the memory held before', () => {
		const layer = drawn({
			kind: 'spread out', seed: 3, rows: 50, units: 3,
		});
		const before = informationOfCells(layer, targetOf(50, 2), linearBins, binKernel);
		informationOfCells(drawn({
			kind: 'extreme', seed: 4, rows: 3000, units: 20,
		}), targetOf(3000, 10), linearBins, binKernel);
		expect(informationOfCells(layer, targetOf(50, 2), linearBins, binKernel)).toEqual(before);
	});
});

describe('information without a kernel for all of it', () => {
	const layer = drawn({
		kind: 'saturated tanh', seed: 5, rows: 1000, units: 2,
	});

	it.each(methods)('is that of the reference for float64 activations under $name', ({discretise, kernel}) => {
		const wide = {...layer, values: Float64Array.from(layer.values)};
		expect(informationOfCells(wide, targetOf(1000, 4), discretise, kernel)).toEqual(reference(wide, targetOf(1000, 4), discretise));
	});

	it('is that of the reference for stochastic labels', () => {
		const random = Random.stream(6, 'test');
		const target = {...targetOf(1000, 2), conditional: Float64Array.from(Array.from({length: 1000}, () => random.uniform()).flatMap(p => [p, 1 - p]))};
		expect(informationOfCells(layer, target, linearBins, binKernel)).toEqual(reference(layer, target, linearBins));
	});

	it('is the same for a layer and target too large for WebAssembly', () => {
		const rows = 2 ** 18;
		const large = drawn({
			kind: 'few levels', seed: 7, rows, units: 1,
		});
		const {labels} = targetOf(rows, 2);
		const before = cellModule().memory.buffer.byteLength;
		const without = informationOfCells(large, {classes: 256, labels}, linearBins, binKernel);
		expect(cellModule().memory.buffer.byteLength).toBe(before);
		expect(informationOfCells(large, {classes: 2, labels}, linearBins, binKernel)).toEqual(without);
	});
});

it('takes no more memory for the same layers again', () => {
	const layer = drawn({
		kind: 'spread out', seed: 8, rows: 4096, units: 10,
	});
	const measure = () => {
		for (const {discretise, kernel} of methods) {
			informationOfCells(layer, targetOf(4096, 2), discretise, kernel);
		}

		return cellModule().memory.buffer.byteLength;
	};

	expect(measure()).toBe(measure());
});
