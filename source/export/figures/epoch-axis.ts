/** The horizontal axis of what is drawn over epochs. */

/** Where epoch 0 stands on a logarithmic axis, which has no place for it: as far before 1 as 2 is behind it. */
const zero = 0.5;

export const placeOfEpoch = (epoch: number): number => Math.max(zero, epoch);

/** Epochs on a logarithmic axis, 0 at its beginning. */
export const epochAxis = (last: number, title: string | null = 'epoch') => ({
	field: 'place',
	type: 'quantitative',
	scale: {type: 'log', domain: [zero, Math.max(1, last)], nice: false},
	axis: {
		title, values: [zero, ...powers(last)], labelExpr: 'datum.value < 1 ? \'0\' : datum.value < 10000 ? format(datum.value, \'d\') : format(datum.value, \'~s\')', labelOverlap: true,
	},
});

const powers = (last: number): number[] => Array.from({length: Math.floor(Math.log10(Math.max(1, last))) + 1}, (_, power) => 10 ** power);
