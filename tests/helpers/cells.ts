import {type Discretise} from '../../source/information/discretise.js';

/** The cells of values, row by row, as float32 or as float64 activations. */
export function cellsOf(discretise: Discretise, values: readonly number[], units: number, isFloat32: boolean): number[] {
	const cells = new Int32Array(values.length);
	discretise({rows: values.length / units, units, values: isFloat32 ? Float32Array.from(values) : Float64Array.from(values)}, cells);
	return [...cells];
}
