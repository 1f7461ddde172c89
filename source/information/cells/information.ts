import {
	type Information, informationOfGroups, informationOfSums, type Target,
} from '../entropy.js';
import {type CellMemory} from './memory.js';

/** Slots of the hash table for each row, at the least. */
const slotsPerRow = 4;

/** The information of the groups of rows whose cells agree: bit for bit that of `groupRows` and `informationOfGroups`. */
export function informationOfMemory(memory: CellMemory, target: Target): Information {
	memory.release();
	const ids = memory.reserve(memory.rows * 4);
	const count = groupRows(memory, ids);
	return target.conditional
		? informationOfGroups({ids: new Int32Array(memory.module.memory.buffer, ids, memory.rows), count}, target)
		: informationAboutLabels(memory, ids, count, target);
}

function groupRows(memory: CellMemory, ids: number): number {
	const {module, cells, rows, units} = memory;
	const slots = 2 ** Math.ceil(Math.log2(slotsPerRow * rows));
	const table = memory.reserve(slots * 4);
	const padded = Math.ceil(units / 4) * 4;
	const factors = memory.reserve(padded * 4);
	writeFactors(new Int32Array(module.memory.buffer, factors, padded), units);
	return module.groupRows(cells, rows, units, ids, table, slots - 1, factors);
}

/** Powers of an odd number, by which the units differ, and zeros. */
function writeFactors(factors: Int32Array, units: number): void {
	let factor = 1;
	for (let unit = 0; unit < factors.length; unit++) {
		factors[unit] = unit < units ? factor : 0;
		factor = Math.imul(factor, 0x9E_37_79_B1);
	}
}

function informationAboutLabels(memory: CellMemory, ids: number, count: number, {labels, classes}: Target): Information {
	const {module, rows, logs} = memory;
	const labelsAt = memory.reserve(rows);
	const mass = memory.reserve(count * classes * 4);
	const sums = memory.reserve(16 + (classes * 4));
	const {buffer} = module.memory;
	new Uint8Array(buffer, labelsAt, rows).set(labels.subarray(0, rows));
	module.sumGroups(ids, rows, count, labelsAt, classes, mass, logs, sums);
	// By index: with an iterator over the two V8 took twice as long to compile this.
	const terms = new Float64Array(buffer, sums, 2);
	return informationOfSums({
		rows, sizeTerm: terms[0]!, massTerm: terms[1]!, prior: new Int32Array(buffer, sums + 16, classes),
	});
}
