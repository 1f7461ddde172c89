import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {loadDataset} from '../../source/dataset/registry.js';
import {deterministicLabels, stochasticRule} from '../../source/dataset/symmetric-rule.js';

const deterministic = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
const stochastic = (gamma: number, seed = 1) => loadDataset({name: 'symmetric-rule', labels: 'stochastic', gamma}, seed);
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('the inputs', () => {
	it.each([
		[0, '000000000000'],
		[1, '000000000001'],
		[2048, '100000000000'],
		[2730, '101010101010'],
		[4095, '111111111111'],
	])('hold the bits of row %d, the most significant first', (row, bits) => {
		expect(deterministic.inputs.subarray(row * 12, (row + 1) * 12).join('')).toBe(bits);
	});

	it('are the 4096 patterns of twelve bits, each once', () => {
		const rows = Array.from({length: 4096}, (_, row) => deterministic.inputs.subarray(row * 12, (row + 1) * 12).join(''));
		expect(deterministic).toMatchObject({samples: 4096, features: 12, classes: 2});
		expect(deterministic.inputs).toHaveLength(4096 * 12);
		expect(new Set(rows).size).toBe(4096);
	});
});

describe('the deterministic labels', () => {
	it('are the published ones in all 4096 rows', () => {
		const packed = Buffer.alloc(512);
		for (const [row, label] of deterministicLabels().entries()) {
			packed[row >> 3]! |= label << (7 - (row & 7));
		}

		expect(createHash('sha256').update(packed).digest('hex')).toBe('371b2b46a5052b4f69f7991ca141fb5afa1ac364ef7beb81ec900eecac2f86d9');
	});

	it('have 2118 ones and an entropy of 0.99915712 bits, all of it known from the input', () => {
		expect(sum(deterministic.labels)).toBe(2118);
		expect(deterministic.bounds.x).toBe(12);
		expect(deterministic.bounds.y).toBeCloseTo(0.999_157_12, 8);
		expect(deterministic.conditional).toBeUndefined();
	});

	it('do not depend on the seed', () => {
		expect(loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 2).labels).toEqual(deterministic.labels);
	});
});

describe('the stochastic rule', () => {
	it.each([
		[12, 5, 0.899_48],
		[50, 4, 0.9935],
	])('of gamma %d tells, to %d digits, %d bits about the label', (gamma, digits, bits) => {
		expect(stochastic(gamma).bounds).toEqual({x: 12, y: expect.closeTo(bits, digits) as number});
	});

	it('of gamma 12 has p(y=1) = 0.50092', () => {
		expect(sum(stochasticRule(12)) / 4096).toBeCloseTo(0.500_92, 5);
	});

	it('has 64 distinct p(y|x), one for each orbit of the icosahedron', () => {
		const orbits = patternOrbits();
		const valuesOf = new Map<string, Set<string>>(orbits.map(orbit => [orbit, new Set()]));
		// Steep rules come so close to 0 and 1 that values look alike; their log-odds, gamma (f − 5.89), stand 0.004 gamma apart
		for (const [row, p] of stochasticRule(12).entries()) {
			valuesOf.get(orbits[row]!)!.add((Math.log(p) - Math.log1p(-p)).toFixed(4));
		}

		expect(new Set([...valuesOf.values()].flatMap(values => [...values])).size).toBe(64);
		expect([...valuesOf.values()].map(({size}) => size)).toEqual(Array.from({length: 64}, () => 1));
	});

	it('is given row by row as p(y=0|x), p(y=1|x)', () => {
		const rule = stochasticRule(12);
		const {conditional} = stochastic(12);
		expect(conditional).toHaveLength(8192);
		for (const [row, p] of rule.entries()) {
			expect(conditional![(2 * row) + 1]).toBe(p);
			expect(conditional![2 * row]! + p).toBeCloseTo(1, 15);
		}
	});

	it('draws its labels from p(y|x), by the seed', () => {
		const rule = stochasticRule(12);
		const {labels} = stochastic(12, 1);
		const surprise = sum(Array.from(labels, (label, row) => (label - rule[row]!)));
		const deviation = Math.sqrt(sum(Array.from(rule, p => p * (1 - p))));
		const certain = Array.from(rule, (p, row) => ({p, label: labels[row]!})).filter(({p}) => p < 1e-6 || p > 1 - 1e-6);
		expect(Math.abs(surprise)).toBeLessThan(4 * deviation);
		expect(certain.length).toBeGreaterThan(100);
		expect(certain.every(({p, label}) => label === Math.round(p))).toBe(true);
		expect(stochastic(12, 1).labels).toEqual(labels);
		expect(stochastic(12, 2).labels).not.toEqual(labels);
	});
});

/** What fixes the orbit of each pattern: how many vertices are lit, and how many pairs of them are neighbours, second neighbours, antipodes. */
function patternOrbits(): string[] {
	const phi = (1 + Math.sqrt(5)) / 2;
	const vertices = [
		[0, 1, phi],
		[1, phi, 0],
		[0, 1, -phi],
		[-1, phi, 0],
		[phi, 0, -1],
		[0, -1, phi],
		[1, -phi, 0],
		[-1, -phi, 0],
		[-phi, 0, -1],
		[0, -1, -phi],
		[-phi, 0, 1],
		[phi, 0, 1],
	];
	const squaredDistance = (a: number, b: number) => Math.round(sum(vertices[a]!.map((coordinate, axis) => (coordinate - vertices[b]![axis]!) ** 2)));
	return Array.from({length: 4096}, (_, row) => {
		const lit = vertices.map((_, bit) => bit).filter(bit => row & (1 << (11 - bit)));
		const distances = lit.flatMap((a, index) => lit.slice(index + 1).map(b => squaredDistance(a, b)));
		// Of vertices (0, ±1, ±φ): 4 between neighbours, 4φ² ≈ 10 between second neighbours, 4 + 4φ² ≈ 14 between antipodes
		return [lit.length, ...[4, 10, 14].map(wanted => distances.filter(distance => distance === wanted).length)].join(' ');
	});
}

describe('random labels', () => {
	it('are as many of each class as the rule has, in an order that the seed decides', () => {
		const one = loadDataset({name: 'symmetric-rule', labels: 'random'}, 1);
		const rule = deterministicLabels();
		const count = (labels: Uint8Array) => labels.reduce((sum, label) => sum + label, 0);
		expect(count(one.labels)).toBe(count(rule));
		expect(one.bounds).toEqual(loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1).bounds);
		// Two orders agree by chance in about half of the rows.
		expect(Math.abs(one.labels.filter((label, row) => label === rule[row]).length - 2048)).toBeLessThan(200);
		expect(loadDataset({name: 'symmetric-rule', labels: 'random'}, 1).labels).toEqual(one.labels);
		expect(loadDataset({name: 'symmetric-rule', labels: 'random'}, 2).labels).not.toEqual(one.labels);
	});
});
