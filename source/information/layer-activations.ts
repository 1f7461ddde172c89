/** The activations of one layer: rows × units, row-major. */
export type LayerActivations = {
	readonly rows: number;
	readonly units: number;
	readonly values: Float32Array | Float64Array;
};

/** Float32 activations are divided and compared in float32, as the papers' numpy code does. */
export const isFloat32 = ({values}: LayerActivations): boolean => values instanceof Float32Array;
