import {instantiate, type Memory} from '../../web-assembly.js';

/** What assembly/kernel-sums.ts exports; addresses are bytes. */
export type KernelModule = {
	readonly memory: Memory;
	readonly scratchBytes: () => number;
	readonly configure: (units: number, farthest: number, factor: number, frame: number, scratch: number) => void;
	readonly startTiles: (values: number, units: number, rows: number, entries: number, order: number, tiles: number) => void;
	readonly tileClass: (start: number, end: number, label: number) => number;
	readonly copyGroups: (order: number, length: number, values: number, units: number, groups: number) => void;
	readonly measureFrame: (units: number, rows: number, groups: number, frame: number) => void;
	readonly measureBoxes: (units: number, rows: number, tiles: number, count: number, frame: number, boxes: number) => void;
	readonly boxesBytes: (units: number, count: number) => number;
	readonly levelsBytes: (units: number, groups: number) => number;
	readonly measureLevels: (units: number, rows: number, groups: number, frame: number, levels: number) => void;
	readonly turnRows: (rows: number, units: number, axes: number, values: number, mean: number, directions: number, turned: number) => void;
	readonly measureExtents: (rows: number, axes: number, values: number, extents: number) => void;
	readonly spreadRows: (rows: number, values: number, least: number, width: number, count: number, nodes: number, cells: number, polynomials: number) => void;
	readonly addRows: (rows: number, cells: number, polynomials: number, kinds: number, weights: number, count: number, sources: number) => void;
	readonly transferCells: (count: number, reach: number, sources: number, matrices: number, potentials: number) => void;
	readonly readRows: (rows: number, cells: number, polynomials: number, kinds: number, count: number, potentials: number, sums: number) => void;
	readonly sumAllPairs: (rows: number, levels: number, weights: number, tiles: number, boxes: number, count: number, sums: number) => void;
	readonly multiplySums: (tiles: number, count: number, order: number, sums: number, scale: number, priors: number, products: number) => void;
	readonly sumQueries: (
		queries: number,
		queryLevels: number,
		queryTiles: number,
		queryBoxes: number,
		queryCount: number,
		rows: number,
		levels: number,
		weights: number,
		tiles: number,
		boxes: number,
		count: number,
		sums: number,
	) => void;
};

let instance: KernelModule | undefined;

/** The one instance of this thread, compiled when it is first needed; its memory is reused for every layer and epoch. */
export function kernelModule(): KernelModule {
	instance ??= instantiate('dist/kernel-sums.wasm') as KernelModule;
	return instance;
}
