/**
The lines of a very long event file that are worth decoding. A viewer holds some thousand measured epochs; checking and decoding the
lines of a million would take minutes. So of an `epoch` line only the beginning is looked at, where its epoch stands, and those that the
grid of `epoch-grid.ts` leaves out are dropped: damage in them is not noticed, and a highest or lowest value is found among the lines that
are kept only, which are all of the early ones, and later about one in every hundredth of its epoch. Kept are also all other lines,
whatever stands in the last half of a megabyte, and everything where no repeat has more `epoch` lines than there is room for.
*/
import {epochOf} from './beginning.js';
import {cellOf, finestGrid, gridFor} from './epoch-grid.js';
import {decodeLine} from './line.js';
import {type Line} from './tail.js';

/** Bytes at the end of the file that are kept: some hundred lines. */
const lookback = 2 ** 19;

type Kept = {readonly end: number; readonly text: string};
type Candidate = Kept & {readonly epoch: number};

export type Skimmer = {
	readonly take: (line: Line) => void;
	/** The lines that were kept, in the order of the file. */
	readonly kept: () => ReadonlyArray<{readonly end: number; readonly text: string}>;
};

/** `size`: of the file, in bytes. `roomFor`: how many `epoch` lines of each repeat there is room for, where there are so many repeats. */
export function createSkimmer(size: number, roomFor: (repeats: number) => number): Skimmer {
	const others: Kept[] = [];
	const repeats = new Map<number, RepeatLines>();
	return {
		take({bytes, end}) {
			const place = end < size - lookback ? epochOf(bytes) : undefined;
			if (!place) {
				others.push({end, text: bytes.toString()});
				return;
			}

			const {repeat, epoch} = place;
			let lines = repeats.get(repeat);
			if (!lines) {
				lines = new RepeatLines();
				repeats.set(repeat, lines);
			}

			lines.take(epoch, bytes, end);
			if (lines.count > roomFor(repeats.size)) {
				others.push(...lines.thin(roomFor(repeats.size)));
			}
		},
		kept: () => [...others, ...[...repeats.values()].flatMap(lines => lines.candidates)].toSorted((a, b) => a.end - b.end),
	};
}

/** The `epoch` lines of one repeat that may be kept. */
class RepeatLines {
	candidates: Candidate[] = [];
	#cells = finestGrid;
	#cell = -1;
	#epoch = -1;

	get count(): number {
		return this.candidates.length;
	}

	/** A run that goes on from a checkpoint tells epochs again: those begin their cells anew. */
	take(epoch: number, bytes: Buffer, end: number): void {
		const cell = cellOf(epoch, this.#cells);
		if (cell !== this.#cell || epoch <= this.#epoch) {
			this.candidates.push({end, epoch, text: bytes.toString()});
		}

		this.#cell = cell;
		this.#epoch = epoch;
	}

	/** Leaves about three quarters of `room`; returns the lines that turned out to be damaged, for others to count. */
	thin(room: number): Kept[] {
		const {counted, damaged} = settle(this.candidates);
		this.#cells = gridFor(counted.map(({epoch}) => epoch), room * 3 / 4, this.#cells);
		this.#cell = cellOf(this.#epoch, this.#cells);
		this.candidates = counted.filter(({epoch}, index) =>
			index === 0 || cellOf(epoch, this.#cells) > cellOf(counted[index - 1]!.epoch, this.#cells));
		return damaged;
	}
}

/** The lines whose epochs count, in ascending order: one that goes back takes the place of those from its epoch on, if it is sound. */
function settle(candidates: readonly Candidate[]): {readonly counted: Candidate[]; readonly damaged: Kept[]} {
	const counted: Candidate[] = [];
	const damaged: Kept[] = [];
	for (const candidate of candidates) {
		const goesBack = candidate.epoch <= (counted.at(-1)?.epoch ?? -1);
		if (goesBack && decodeLine(candidate.text).kind === 'damaged') {
			damaged.push(candidate);
			continue;
		}

		while (candidate.epoch <= (counted.at(-1)?.epoch ?? -1)) {
			counted.pop();
		}

		counted.push(candidate);
	}

	return {counted, damaged};
}
