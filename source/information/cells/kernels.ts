import {spacing} from '../uniform.js';
import {type CellMemory} from './memory.js';

/**
Does for float32 values in `memory` what a `Discretise` does, to the bit, and puts the cells in their place; or returns false where that
cannot be done.
*/
export type CellKernel = (memory: CellMemory) => boolean;

/** For `linearBins`. */
export const binKernel: CellKernel = ({module, cells, padded}) => {
	module.binCells(cells, padded);
	return true;
};

/** For `widthBins`, where all cells fit into 32 bits. */
export const widthKernel = (width: number): CellKernel => ({module, cells, padded}) => module.widthCells(cells, padded, width) !== 0;

/** For `quantisedCells`. */
export const levelKernel = (bits: number): CellKernel => memory => {
	const [low, high] = rangeOf(memory);
	memory.module.levelCells(memory.cells, memory.padded, low, Math.fround(high - low) || 1, 2 ** bits);
	return true;
};

/** For `uniformCells` over the layer, where its range is more than a few float32 numbers. */
export const uniformKernel = (count: number): CellKernel => memory => {
	const [low, high] = rangeOf(memory);
	const {delta, edges, perUnit} = spacing(low, high, count, true);
	return edges > 0 && memory.module.uniformCells(memory.cells, memory.padded, low, delta, edges, perUnit) !== 0;
};

function rangeOf(memory: CellMemory): readonly [low: number, high: number] {
	const {module, cells, padded} = memory;
	const address = memory.reserve(8);
	module.measureRange(cells, padded, address);
	const range = new Float32Array(module.memory.buffer, address, 2);
	return [range[0]!, range[1]!];
}
