import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';

/** A file, as it was when it was looked at: when it was written, in milliseconds since 1970, and how large it was. */
export type Stamp = {readonly modified: number; readonly size: number};

export type StepFile = Stamp & {readonly step: number; readonly file: string};

const stepName = /^step-(?<step>\d{1,15})\.npz$/v;

/** So many files are looked at again a poll, to see whether they were written anew: a hundred thousand on a network would take minutes. */
const looksAPoll = 1000;

/**
The step files of a drop directory, as they appear, in the order of their steps. It is polled, since watching is unreliable on network
file systems; it need not be there yet, and may be gone for a while.
*/
export class DropDirectory {
	readonly #folder: string;
	readonly #taken = new Map<number, Stamp>();
	#next = 0;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** The files that have not been taken as they are now, those that were written anew among them. */
	look(): StepFile[] {
		const named = namedSteps(this.#folder);
		const fresh = named.filter(({step}) => !this.#taken.has(step));
		const known = named.filter(({step}) => this.#taken.has(step));
		const start = this.#next < known.length ? this.#next : 0;
		this.#next = start + looksAPoll;
		return [...fresh, ...known.slice(start, start + looksAPoll)]
			.flatMap(({step, name}) => {
				const file = path.join(this.#folder, name);
				const stamp = stampOf(file);
				return stamp && !isSame(this.#taken.get(step), stamp) ? [{step, file, ...stamp}] : [];
			})
			.toSorted((a, b) => a.step - b.step);
	}

	/** Says that a file has been read as it is: it comes again only if it is written anew. Without a size, the time tells. */
	take(step: number, {modified, size}: Stamp): void {
		this.#taken.set(step, {modified, size});
	}

	/** Lets a file come again. */
	forget(step: number): void {
		this.#taken.delete(step);
	}

	/** A training that was started again wrote a step anew: what it has written since then of later steps is to be read, too. */
	startAgain({step, modified}: StepFile): void {
		for (const [later, stamp] of this.#taken) {
			if (later > step && stamp.modified >= modified) {
				this.#taken.delete(later);
			}
		}
	}
}

/** The files that are named like steps; of two names of one step, `step-1` and `step-01`, the longer, as the clients write it. */
function namedSteps(folder: string): Array<{readonly step: number; readonly name: string}> {
	const names = new Map<number, string>();
	for (const name of namesIn(folder)) {
		const digits = stepName.exec(name)?.groups?.['step'];
		if (digits !== undefined && (names.get(Number(digits))?.length ?? 0) < name.length) {
			names.set(Number(digits), name);
		}
	}

	return [...names].map(([step, name]) => ({step, name}));
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** Undefined if it is not there; what is no ordinary file is told when it is opened. */
export function stampOf(file: string): Stamp | undefined {
	try {
		const {mtimeMs, size} = statSync(file);
		return {modified: mtimeMs, size};
	} catch {
		return undefined;
	}
}

/** A size below 0 is not known. */
export const isSame = (one: Stamp | undefined, other: Stamp | undefined): boolean =>
	one?.modified === other?.modified && (one?.size === other?.size || (one?.size ?? 0) < 0);
