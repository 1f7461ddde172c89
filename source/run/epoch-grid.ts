/**
Which of very many measured epochs to keep, so that the early ones are dense and the late ones sparse: each octave of 1 + epoch is cut
into equal cells of a logarithmic axis, and the first epoch in a cell stands for it. A grid with half as many cells an octave joins
cells two by two, so that its epochs are among those of the finer grid: who thins again and again ends with what thinning once gives.
*/

/** Cells an octave of the finest grid: neighbouring epochs of any run are apart in it. */
export const finestGrid = 2 ** 40;

/** The cell of an epoch in a grid with so many cells an octave, a power of two. */
export const cellOf = (epoch: number, cells: number): number => Math.floor(Math.log2(1 + epoch) * cells);

/** The finest grid, no finer than `from`, in which epochs in ascending order have at most `room` cells. */
export function gridFor(epochs: readonly number[], room: number, from = finestGrid): number {
	const octaves = epochs.map(epoch => Math.log2(1 + epoch));
	let cells = from;
	while (octaves.length > 0 && countCells(octaves, cells) > Math.max(1, room)) {
		cells /= 2;
	}

	return cells;
}

function countCells(octaves: readonly number[], cells: number): number {
	let count = 0;
	let before = -Infinity;
	for (const octave of octaves) {
		const cell = Math.floor(octave * cells);
		count += cell > before ? 1 : 0;
		before = Math.max(before, cell);
	}

	return count;
}
