import {describe, expect, it} from 'vitest';
import {type Target} from '../../source/information/entropy.js';
import {createEstimatorPool} from '../../source/information/pool.js';
import {parseEstimators} from '../../source/information/registry.js';
import {Random} from '../../source/random.js';

const ids = ['bins', 'kde:0.01'];
const random = Random.stream(1, 'pool');
const target: Target = {classes: 2, labels: Uint8Array.from({length: 300}, () => random.below(2))};
const layers = [1, 2, 3, 5].map(units => ({rows: 300, units, values: Float32Array.from({length: 300 * units}, () => Math.tanh(random.normal()))}));
const expected = layers.map(layer => Object.fromEntries(parseEstimators(ids).map(({id, estimate}) => [id, estimate(layer, target)])));

describe.each([1, 3])('a pool of %d threads', threads => {
	it('estimates each layer by all estimators, in the order in which they were asked for', async () => {
		const pool = createEstimatorPool(ids, target, threads);
		const found = await pool.estimate(layers);
		await pool.close();
		expect(found).toEqual(expected);
		expect(found.map(estimates => Object.keys(estimates))).toEqual(layers.map(() => ids));
	});

	it('is helped by the asker, to the same bits, until nothing is left', async () => {
		const pool = createEstimatorPool(ids, target, threads);
		const asked = [pool.estimate(layers), pool.estimate(layers.toReversed())];
		// No thread has started yet: all is done here.
		let helped = 0;
		while (pool.help()) {
			helped++;
		}

		const found = await Promise.all(asked);
		await pool.close();
		expect(helped).toBeGreaterThan(0);
		expect(found).toEqual([expected, expected.toReversed()]);
	});
});

it('quick estimators need neither threads nor help', async () => {
	const pool = createEstimatorPool(['bins'], target);
	expect(pool.help()).toBe(false);
	expect(await pool.estimate(layers)).toEqual(expected.map(({bins}) => ({bins})));
	await pool.close();
});
