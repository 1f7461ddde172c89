import {describe, expect, it} from 'vitest';
import {
	type Dataset, measuredTarget, pickRows, rowRange,
} from '../../source/dataset/dataset.js';

const rows = (...numbers: number[]) => Int32Array.from(numbers);

describe('picked rows', () => {
	const values = Float32Array.from({length: 12}, (_, index) => index);

	it('are those asked for, in the order asked for', () => {
		expect([...pickRows(values, rows(2, 0, 2), 3)]).toEqual([6, 7, 8, 0, 1, 2, 6, 7, 8]);
	});

	it('are a view where they follow one another, so that nothing is there twice', () => {
		const picked = pickRows(values, rows(1, 2, 3), 3);
		expect([...picked]).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
		expect(picked.buffer).toBe(values.buffer);
	});

	it('may be none', () => {
		expect(pickRows(values, rows(), 3)).toHaveLength(0);
	});
});

it('a range of rows goes up to its end', () => {
	expect([...rowRange(3, 6)]).toEqual([3, 4, 5]);
});

describe('the target of the estimators', () => {
	const dataset: Dataset = {
		name: 'four', samples: 4, features: 1, classes: 2, inputs: new Float32Array(4), labels: Uint8Array.of(0, 1, 1, 0), bounds: {x: 2, y: 1},
	};

	it('is the label of every sample', () => {
		expect(measuredTarget(dataset)).toEqual({classes: 2, labels: dataset.labels});
	});

	it('is that of the measured samples only, in their order', () => {
		const conditional = Float64Array.of(1, 0, 0.25, 0.75, 0, 1, 0.5, 0.5);
		expect(measuredTarget({...dataset, conditional, measured: rows(3, 1)})).toEqual({
			classes: 2, labels: Uint8Array.of(0, 1), conditional: Float64Array.of(0.5, 0.5, 0.25, 0.75),
		});
	});
});
