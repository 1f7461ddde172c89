import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {type Bytes, openBytes} from './bytes.js';
import {type Member, readDirectory} from './directory.js';
import {extract, extractBeginning} from './extract.js';
import {parseHeader} from './header.js';
import {
	type ArrayLimit, defaultNpzLimits, type NpzLimits, orRaise,
} from './limits.js';
import {arrayName, isArrayFile} from './names.js';
import {type NpyArray, parseNpy} from './npy.js';
import {
	type Refuse, refusalOfArray, refusalOfFile, showBytes,
} from './refusal.js';

export type NpzFile = {
	/** The arrays in the file's order, as they were named when saved; safe to print, never empty, no two alike. */
	readonly names: readonly string[];
	/** Members that are no arrays (anything but `….npy`) and are left alone; safe to print. */
	readonly ignored: readonly string[];
	/** Reads one array; memory holds no other. Throws where this array is damaged, too large or not of plain numbers. */
	readonly read: (name: string) => NpyArray;
	/** The shape of an array, from its header alone; `read` may yet find that its numbers do not fit it. */
	readonly shapeOf: (name: string) => readonly number[];
	readonly close: () => void;
};

/**
Opens a file of numpy's `np.savez` or `np.savez_compressed` and checks it as a whole: that it is an ordinary file, a complete zip, its
headers in agreement, its names usable, its sizes within the limits. What concerns one array alone is told when that array is read.
Everything wrong is a `UserError` of one sentence. To be closed; `readNpz` sees to it.
*/
export function openNpz(file: string, limits: NpzLimits = defaultNpzLimits): NpzFile {
	const refuse = refusalOfFile(file);
	const bytes = openBytes(file, limits, refuse);
	let isOpen = true;
	const close = () => {
		if (isOpen) {
			isOpen = false;
			bytes.close();
		}
	};

	try {
		const members = readDirectory(bytes, limits, refuse);
		const arrays = arraysOf(members, limits, refuse);
		const names = [...arrays.keys()];
		const find = (name: string): Member => {
			// The number of a closed file may by now be that of another file.
			if (!isOpen) {
				throw new Error('An .npz file is read after it was closed.');
			}

			const member = arrays.get(name);
			if (!member) {
				const guess = didYouMean(name, names);
				throw refuse(`has no array "${safeText(name, 60)}"${guess ? `.${guess}` : `, only ${safeText(names.join(', '), 200)}`}`);
			}

			return member;
		};

		return {
			names,
			ignored: members.map(({name}) => name).filter(name => !isArrayFile(name)).map(name => safeText(name, 200)),
			read: name => readArray(bytes, find(name), limits, refusalOfArray(file, name)),
			shapeOf(name) {
				const refuseArray = refusalOfArray(file, name);
				return parseHeader(extractBeginning(bytes, find(name), arrayLimit(limits), refuseArray), refuseArray).shape;
			},
			close,
		};
	} catch (error) {
		close();
		throw error;
	}
}

/** Opens a file, hands it to `body`, and closes it whatever happens. */
export function readNpz<Result>(file: string, body: (npz: NpzFile) => Result, limits?: NpzLimits): Result {
	const npz = openNpz(file, limits);
	try {
		return body(npz);
	} finally {
		npz.close();
	}
}

function arraysOf(members: readonly Member[], limits: NpzLimits, refuse: Refuse): Map<string, Member> {
	const arrays = new Map(members.filter(({name}) => isArrayFile(name)).map(member => [arrayName(member.name, refuse), member]));
	if (arrays.size === 0) {
		throw refuse(members.length === 0
			? 'holds no arrays: give np.savez at least one'
			: `holds no arrays, only other files such as "${safeText(members[0]!.name, 60)}": save the arrays with np.savez`);
	}

	const total = [...arrays.values()].reduce((sum, {size}) => sum + size, 0);
	if (total > limits.totalBytes) {
		throw refuse(`unpacks to ${showBytes(total)} and ibtop reads at most ${showBytes(limits.totalBytes)}: save fewer rows or fewer arrays in one file${orRaise(limits, 'fileBytes')}`);
	}

	return arrays;
}

const arrayLimit = (limits: NpzLimits): ArrayLimit => ({bytes: Math.min(limits.arrayBytes, 2 ** 31), remedy: orRaise(limits, 'arrayBytes')});

function readArray(bytes: Bytes, member: Member, limits: NpzLimits, refuse: Refuse): NpyArray {
	const maximum = arrayLimit(limits);
	try {
		return parseNpy(extract(bytes, member, maximum, refuse), maximum, refuse);
	} catch (error) {
		throw isShortOfMemory(error) ? refuse('does not fit into the memory of this machine: save fewer rows') : error;
	}
}

/** What the engine, Node and zlib throw where memory cannot be had. Node's other range errors have a code, and would be ours to mend. */
function isShortOfMemory(error: unknown): boolean {
	const {code} = error as NodeJS.ErrnoException;
	return code === 'ERR_MEMORY_ALLOCATION_FAILED' || code === 'Z_MEM_ERROR' || (error instanceof RangeError && code === undefined);
}
