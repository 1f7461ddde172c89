import {instantiate, type Memory} from '../../web-assembly.js';

/** What assembly/cells.ts exports; addresses are bytes. */
export type CellModule = {
	readonly memory: Memory;
	readonly binCells: (values: number, count: number) => void;
	readonly widthCells: (values: number, count: number, width: number) => number;
	readonly areFinite: (values: number, count: number) => number;
	readonly measureRange: (values: number, count: number, range: number) => void;
	readonly levelCells: (values: number, count: number, low: number, range: number, levels: number) => void;
	readonly uniformCells: (values: number, count: number, low: number, delta: number, edges: number, perUnit: number) => number;
	readonly sortValues: (values: number, end: number, stride: number, sorted: number, scratch: number, counts: number) => void;
	readonly spreadValues: (values: number, end: number, stride: number, parts: number, places: number, counts: number, range: number) => void;
	readonly gatherValues: (values: number, end: number, stride: number, places: number, steps: number, gathered: number) => number;
	readonly placeCells: (values: number, end: number, stride: number, places: number, edges: number, firsts: number) => void;
	readonly groupRows: (cells: number, rows: number, units: number, ids: number, table: number, mask: number, factors: number) => number;
	readonly sumGroups: (ids: number, rows: number, count: number, labels: number, classes: number, mass: number, logs: number, sums: number) => void;
};

let instance: CellModule | undefined;

/** The one instance of this thread, compiled when it is first needed; its memory is reused for every layer and epoch. */
export function cellModule(): CellModule {
	instance ??= instantiate('dist/cells.wasm') as CellModule;
	return instance;
}
