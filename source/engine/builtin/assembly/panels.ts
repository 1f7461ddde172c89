/**
Samples lie in panels of eight: unit by unit within a panel, the eight samples of a unit side by side, so that every kernel works on
vectors of samples, whatever the widths. A layer is panels × units × 8 float32. Samples that only fill the last panel are 0.
*/
export const panelRows: usize = 8;
export const vectorBytes: usize = 32;

/** Panels that hold `rows` samples. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function panelsOf(rows: usize): usize {
	return (rows + panelRows - 1) / panelRows;
}

/** Row-major `rows` × `width` into panels. */
export function intoPanels(from: usize, to: usize, rows: usize, width: usize): void {
	const stride = width * 4;
	const blocked = width & ~3;
	const groups = panelsOf(rows) * 2;
	for (let group: usize = 0; group < groups; group++) {
		const first = group * 4;
		const source = from + first * stride;
		const target = to + (group >> 1) * width * vectorBytes + (group & 1) * 16;
		if (first + 4 <= rows) {
			for (let unit: usize = 0; unit < blocked; unit += 4) {
				const at = source + unit * 4;
				const out = target + unit * vectorBytes;
				const a = v128.load(at);
				const b = v128.load(at + stride);
				const c = v128.load(at + 2 * stride);
				const d = v128.load(at + 3 * stride);
				const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
				const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
				const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
				const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
				v128.store(out, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
				v128.store(out, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), vectorBytes);
				v128.store(out, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 2 * vectorBytes);
				v128.store(out, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 3 * vectorBytes);
			}

			for (let unit = blocked; unit < width; unit++) {
				const at = source + unit * 4;
				const out = target + unit * vectorBytes;
				store<f32>(out, load<f32>(at));
				store<f32>(out, load<f32>(at + stride), 4);
				store<f32>(out, load<f32>(at + 2 * stride), 8);
				store<f32>(out, load<f32>(at + 3 * stride), 12);
			}
		} else {
			for (let unit: usize = 0; unit < width; unit++) {
				for (let row: usize = 0; row < 4; row++) {
					const value: f32 = first + row < rows ? load<f32>(source + row * stride + unit * 4) : 0;
					store<f32>(target + unit * vectorBytes + row * 4, value);
				}
			}
		}
	}
}

/** Panels into row-major `rows` × `width`. */
export function outOfPanels(from: usize, to: usize, rows: usize, width: usize): void {
	const stride = width * 4;
	const blocked = width & ~3;
	const groups = panelsOf(rows) * 2;
	for (let group: usize = 0; group < groups; group++) {
		const first = group * 4;
		const source = from + (group >> 1) * width * vectorBytes + (group & 1) * 16;
		const target = to + first * stride;
		if (first + 4 <= rows) {
			for (let unit: usize = 0; unit < blocked; unit += 4) {
				const at = source + unit * vectorBytes;
				const out = target + unit * 4;
				const a = v128.load(at);
				const b = v128.load(at, vectorBytes);
				const c = v128.load(at, 2 * vectorBytes);
				const d = v128.load(at, 3 * vectorBytes);
				const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
				const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
				const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
				const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
				v128.store(out, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
				v128.store(out + stride, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
				v128.store(out + 2 * stride, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
				v128.store(out + 3 * stride, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
			}

			for (let unit = blocked; unit < width; unit++) {
				const at = source + unit * vectorBytes;
				const out = target + unit * 4;
				store<f32>(out, load<f32>(at));
				store<f32>(out + stride, load<f32>(at, 4));
				store<f32>(out + 2 * stride, load<f32>(at, 8));
				store<f32>(out + 3 * stride, load<f32>(at, 12));
			}
		} else {
			for (let unit: usize = 0; unit < width; unit++) {
				for (let row: usize = 0; first + row < rows; row++) {
					store<f32>(target + row * stride + unit * 4, load<f32>(source + unit * vectorBytes + row * 4));
				}
			}
		}
	}
}
