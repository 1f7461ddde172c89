import {writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {stochasticRule} from '../../source/dataset/symmetric-rule.js';
import {optimumAt, type Optimum, residualLimit} from '../../source/information/bottleneck.js';
import {anneal} from '../../source/information/bottleneck-curve.js';
import {identityClusters} from '../../source/information/clusters.js';
import {mergeSymbols, type Symbols} from '../../source/information/symbols.js';

const pairs = (ones: Iterable<number>) => Float64Array.from([...ones].flatMap(one => [1 - one, one]));
const boundless = {left: Infinity};

/** The optima at given betas, each annealed from the one before. */
function optimaAt(symbols: Symbols, betas: readonly number[]): Optimum[] {
	const optima: Optimum[] = [];
	for (const beta of betas) {
		optima.push(optimumAt(symbols, beta, optima.at(-1)?.clusters ?? identityClusters(symbols), boundless)!);
	}

	return optima;
}

/** One round of the equations, word for word from science.md section 5: what p(t) and p(y|t) become, and what they were. */
function roundOf({count, classes, weights, conditional}: Symbols, {beta, clusters: {joint, count: size}}: Optimum) {
	const row = (values: ArrayLike<number>, index: number) => Array.from({length: classes}, (_, label) => values[(index * classes) + label]!);
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	const divergence = (p: readonly number[], q: readonly number[]) => sum(p.map((value, label) => value > 0 ? value * Math.log(value / q[label]!) : 0));
	const before = Array.from({length: size}, (_, t) => {
		const masses = row(joint, t);
		return {weight: sum(masses), conditional: masses.map(mass => mass / sum(masses))};
	});
	const encoder = Array.from({length: count}, (_, s) => {
		const terms = before.map(({weight, conditional: q}) => weight * Math.exp(-beta * divergence(row(conditional, s), q)));
		return terms.map(term => term / sum(terms));
	});
	const after = before.map((_, t) => {
		const weight = sum(encoder.map((shares, s) => weights[s]! * shares[t]!));
		const means = Array.from({length: classes}, (_, label) => sum(encoder.map((shares, s) => weights[s]! * shares[t]! * conditional[(s * classes) + label]! / weight)));
		return {weight, conditional: means};
	});
	const prior = Array.from({length: classes}, (_, label) => sum(after.map(({weight, conditional: q}) => weight * q[label]!)));
	return {
		before,
		after,
		x: sum(encoder.map((shares, s) => weights[s]! * sum(shares.map((share, t) => share > 0 ? share * Math.log2(share / after[t]!.weight) : 0)))),
		y: sum(after.map(({weight, conditional: q}) => weight * divergence(q, prior))) / Math.LN2,
	};
}

const rules = new Map([5, 12, 50].map(gamma => [gamma, mergeSymbols(pairs(stochasticRule(gamma)), 2)]));

describe.each([...rules])('an optimum of the 12-bit rule of gamma %d', (_gamma, symbols) => {
	const optima = anneal(symbols, boundless);

	it('satisfies the self-consistent equations to 1e-9, and the information is that of its encoder', () => {
		for (const optimum of optima) {
			const {before, after, x, y} = roundOf(symbols, optimum);
			for (const [t, {weight, conditional}] of after.entries()) {
				expect(Math.abs(weight - before[t]!.weight)).toBeLessThan(residualLimit);
				for (const [label, p] of conditional.entries()) {
					expect(Math.abs(p - before[t]!.conditional[label]!)).toBeLessThan(residualLimit);
				}
			}

			expect(Math.abs(optimum.x - x)).toBeLessThan(1e-7);
			expect(Math.abs(optimum.y - y)).toBeLessThan(1e-7);
		}
	});

	it('is found at every beta, and falls with it from above 1.2 bits to nothing', () => {
		expect(optima.map(({beta}) => beta)).toEqual(expect.arrayContaining([1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1]));
		expect(optima[0]!.x).toBeGreaterThan(1.2);
		expect(optima.at(-1)).toMatchObject({x: expect.closeTo(0, 9) as number, y: expect.closeTo(0, 9) as number});
		for (const [index, {x, y}] of optima.slice(1).entries()) {
			expect(x).toBeLessThan(optima[index]!.x + 1e-9);
			expect(y).toBeLessThan(optima[index]!.y + 1e-9);
		}
	});
});

describe('the values of science.md section 5', () => {
	const betas = [300, 106, 37.5, 13.3, 4.69, 1.66];
	const twelve = optimaAt(rules.get(12)!, betas);
	const fifty = optimaAt(rules.get(50)!, betas);

	it.each([
		[12, 1.66, 0.962, 0.829],
		[12, 4.69, 1, 0.848],
		[12, 13.3, 1.18, 0.875],
		[12, 37.5, 1.501, 0.888],
		[12, 106, 1.966, 0.8971],
		[12, 300, 2.218, 0.8985],
		[50, 1.66, 0.999, 0.9897],
		[50, 300, 1.215, 0.9935],
	])('are met for gamma %d at beta %d: %d and %d bits', (gamma, beta, x, y) => {
		const optimum = (gamma === 12 ? twelve : fifty)[betas.indexOf(beta)]!;
		expect(Math.abs(optimum.x - x)).toBeLessThan(1e-3);
		expect(Math.abs(optimum.y - y)).toBeLessThan(1e-3);
	});
});

describe('an optimum', () => {
	it('does not depend on how far away in beta the annealing comes from', () => {
		const symbols = rules.get(12)!;
		for (const [index, optimum] of optimaAt(symbols, [1024, 20, 3, 1.2]).entries()) {
			const direct = optimumAt(symbols, optimum.beta, identityClusters(symbols), boundless)!;
			expect(direct.x, `beta ${optimum.beta}, number ${index}`).toBeCloseTo(optimum.x, 6);
			expect(direct.y).toBeCloseTo(optimum.y, 6);
		}
	});

	it.each([300, 30, 3])('at beta %d is found even from one cluster, since those that are missing are added', beta => {
		const symbols = rules.get(12)!;
		const {joint} = identityClusters(symbols);
		const one = joint.reduce((sum, mass, index) => sum + (index % 2 === 1 ? mass : 0), 0);
		const optimum = optimumAt(symbols, beta, {count: 1, joint: Float64Array.of(1 - one, one)}, boundless)!;
		const annealed = optimumAt(symbols, beta, identityClusters(symbols), boundless)!;
		expect(optimum.clusters.count).toBeGreaterThan(1);
		expect(Math.abs((optimum.y - annealed.y) - ((optimum.x - annealed.x) / beta))).toBeLessThan(1e-6);
	});

	it('is not given where the effort does not suffice', () => {
		const symbols = rules.get(12)!;
		const effort = {left: 20_000};
		expect(optimumAt(symbols, 1024, identityClusters(symbols), effort)).toBeUndefined();
		expect(effort.left).toBeLessThanOrEqual(0);
	});
});

type Point = {readonly x: number; readonly y: number; readonly shortfall: number | null};

const three = fc.sample(fc.array(fc.tuple(...[1, 2, 3].map(() => fc.integer({min: 1, max: 99}))), {minLength: 8, maxLength: 20}), {numRuns: 4, seed: 5})
	.map(rows => Float64Array.from(rows.flatMap(row => row.map(mass => mass / row.reduce((total, other) => total + other, 0)))));
const cases = [
	{
		name: 'gamma 12', classes: 2, betas: [1000, 200, 50, 30, 10, 4, 2, 1.3, 1.12], rows: pairs(stochasticRule(12)),
	},
	{
		name: 'gamma 50', classes: 2, betas: [1000, 200, 50, 30, 10, 2, 1.3, 1.1, 1.02], rows: pairs(stochasticRule(50)),
	},
	{
		name: 'gamma 5', classes: 2, betas: [300, 100, 30, 10, 4, 2], rows: pairs(stochasticRule(5)),
	},
	...three.map((rows, index) => ({
		name: `three classes, number ${index}`, classes: 3, betas: [300, 60, 20, 6, 2.5], rows,
	})),
];

const askNumpy = (): Point[][] => withTemporaryFolder(folder => {
	const files = cases.map((each, index) => ({...each, file: `${index}.f64`}));
	writeFileSync(path.join(folder, 'cases.json'), JSON.stringify(files.map(({classes, betas, file}) => ({classes, betas, file}))));
	for (const {file, rows} of files) {
		writeFileSync(path.join(folder, file), rows);
	}

	return runPython(new URL('bottleneck.py', import.meta.url), folder) as Point[][];
});

const isThere = hasPython('numpy');
const answers = isThere ? askNumpy() : [];

describe.runIf(isThere)('plain annealing in numpy', () => {
	it.each(cases.map((each, index) => ({...each, expected: answers[index]!})))('agrees to 1e-5 bits on $name', ({rows, classes, betas, expected}) => {
		for (const [index, {x, y, beta}] of optimaAt(mergeSymbols(rows, classes), betas).entries()) {
			const point = expected[index]!;
			// Along the tangent, of slope 1/β, the place of a point is less certain than its distance from the curve
			expect(Math.abs((y - point.y) - ((x - point.x) / beta)), `at beta ${beta}`).toBeLessThan(1e-6);
			expect(Math.abs(y - point.y), `at beta ${beta}`).toBeLessThan(1e-5);
		}
	});

	it('proves of its points, where there are two classes, that the curve is nowhere higher', () => {
		const shortfalls = answers.flat().flatMap(({shortfall}) => shortfall ?? []);
		expect(shortfalls).toHaveLength(24);
		expect(Math.max(...shortfalls)).toBeLessThan(1e-6);
	});
});
