import {describe, expect, it} from 'vitest';
import {jointOf} from '../../source/dataset/distinct.js';

const h2 = (p: number) => -(p * Math.log2(p)) - ((1 - p) * Math.log2(1 - p));

describe('the joint distribution of inputs and label', () => {
	it('has log2 of the rows where all are distinct, and the entropy of the labels', () => {
		const joint = jointOf(Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), 2, {classes: 2, labels: Uint8Array.of(0, 1, 1, 1)});
		expect(joint).toEqual({bounds: {x: 2, y: expect.closeTo(h2(0.25), 12) as number}});
	});

	it('takes equal rows for one input of more probability', () => {
		const joint = jointOf(Float32Array.of(5, 5, 5, 7), 1, {classes: 2, labels: Uint8Array.of(0, 0, 0, 1)});
		expect(joint).toEqual({bounds: {x: expect.closeTo(h2(0.25), 12) as number, y: expect.closeTo(h2(0.25), 12) as number}});
	});

	it('takes 0 and −0 for one input', () => {
		expect(jointOf(Float32Array.of(0, -0, 0, -0), 2, {classes: 2, labels: Uint8Array.of(1, 1)}).bounds.x).toBe(0);
	});

	it('finds p(y|x) where equal rows have different labels', () => {
		const joint = jointOf(Float32Array.of(1, 1, 2, 1, 1, 2, 2, 2), 1, {classes: 2, labels: Uint8Array.of(0, 0, 1, 0, 1, 1, 1, 1)});
		expect([...joint.conditional!]).toEqual([0.75, 0.25, 0.75, 0.25, 0, 1, 0.75, 0.25, 0.75, 0.25, 0, 1, 0, 1, 0, 1]);
		// H(Y) − H(Y|X): 3 of 8 are class 0; half of the inputs leave h2(1/4)
		expect(joint.bounds).toEqual({x: 1, y: expect.closeTo(h2(3 / 8) - (h2(0.25) / 2), 12) as number});
	});

	it('takes the mean where equal rows have different p(y|x)', () => {
		const joint = jointOf(Float32Array.of(3, 3), 1, {classes: 2, labels: new Uint8Array(2), conditional: Float64Array.of(1, 0, 0.5, 0.5)});
		expect([...joint.conditional!]).toEqual([0.75, 0.25, 0.75, 0.25]);
		expect(joint.bounds).toEqual({x: 0, y: 0});
	});
});
