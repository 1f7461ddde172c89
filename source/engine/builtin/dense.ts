/**
The kernels of a fully connected layer. Inside the engine, activations lie unit by unit (units × capacity, one row of `capacity`
samples a unit), so that every inner loop runs over samples that lie side by side. Weights are fan-in × units, row-major. Sums
are taken in float64 and rounded once, when stored.
*/

/** z ← xW + b. `input` fanIn × capacity, `output` units × capacity; the first `rows` samples of each. */
export function affine(
	output: Float32Array,
	input: Float32Array,
	weights: Float32Array,
	biases: Float32Array,
	fanIn: number,
	units: number,
	rows: number,
	capacity: number,
): void {
	for (let unit = 0; unit < units; unit++) {
		const out = unit * capacity;
		const last = fanIn - (fanIn % 4);
		output.fill(biases[unit]!, out, out + rows);
		for (let source = 0; source < last; source += 4) {
			const w0 = weights[(source * units) + unit]!;
			const w1 = weights[((source + 1) * units) + unit]!;
			const w2 = weights[((source + 2) * units) + unit]!;
			const w3 = weights[((source + 3) * units) + unit]!;
			const x0 = source * capacity;
			const x1 = x0 + capacity;
			const x2 = x1 + capacity;
			const x3 = x2 + capacity;
			for (let row = 0; row < rows; row++) {
				output[out + row]! += (w0 * input[x0 + row]!) + (w1 * input[x1 + row]!) + (w2 * input[x2 + row]!) + (w3 * input[x3 + row]!);
			}
		}

		for (let source = last; source < fanIn; source++) {
			const weight = weights[(source * units) + unit]!;
			const x = source * capacity;
			for (let row = 0; row < rows; row++) {
				output[out + row]! += weight * input[x + row]!;
			}
		}
	}
}

/** dW ← xᵀδ and db ← Σδ, from δ = ∂loss/∂z (units × capacity). */
export function parameterGradients(
	weightGradients: Float32Array,
	biasGradients: Float32Array,
	input: Float32Array,
	delta: Float32Array,
	fanIn: number,
	units: number,
	rows: number,
	capacity: number,
): void {
	for (let unit = 0; unit < units; unit++) {
		const d = unit * capacity;
		let bias = 0;
		for (let row = 0; row < rows; row++) {
			bias += delta[d + row]!;
		}

		biasGradients[unit] = bias;
		const last = fanIn - (fanIn % 4);
		for (let source = 0; source < last; source += 4) {
			const x0 = source * capacity;
			const x1 = x0 + capacity;
			const x2 = x1 + capacity;
			const x3 = x2 + capacity;
			let g0 = 0;
			let g1 = 0;
			let g2 = 0;
			let g3 = 0;
			for (let row = 0; row < rows; row++) {
				const slope = delta[d + row]!;
				g0 += slope * input[x0 + row]!;
				g1 += slope * input[x1 + row]!;
				g2 += slope * input[x2 + row]!;
				g3 += slope * input[x3 + row]!;
			}

			weightGradients[(source * units) + unit] = g0;
			weightGradients[((source + 1) * units) + unit] = g1;
			weightGradients[((source + 2) * units) + unit] = g2;
			weightGradients[((source + 3) * units) + unit] = g3;
		}

		for (let source = last; source < fanIn; source++) {
			const x = source * capacity;
			let gradient = 0;
			for (let row = 0; row < rows; row++) {
				gradient += delta[d + row]! * input[x + row]!;
			}

			weightGradients[(source * units) + unit] = gradient;
		}
	}
}

/** ∂loss/∂x ← δWᵀ, fanIn × capacity. The same loop as `affine`, with the weights read along their rows. */
export function inputGradients(
	inputDelta: Float32Array,
	delta: Float32Array,
	weights: Float32Array,
	fanIn: number,
	units: number,
	rows: number,
	capacity: number,
): void {
	for (let source = 0; source < fanIn; source++) {
		const out = source * capacity;
		const last = units - (units % 4);
		const w = source * units;
		inputDelta.fill(0, out, out + rows);
		for (let unit = 0; unit < last; unit += 4) {
			const w0 = weights[w + unit]!;
			const w1 = weights[w + unit + 1]!;
			const w2 = weights[w + unit + 2]!;
			const w3 = weights[w + unit + 3]!;
			const d0 = unit * capacity;
			const d1 = d0 + capacity;
			const d2 = d1 + capacity;
			const d3 = d2 + capacity;
			for (let row = 0; row < rows; row++) {
				inputDelta[out + row]! += (w0 * delta[d0 + row]!) + (w1 * delta[d1 + row]!) + (w2 * delta[d2 + row]!) + (w3 * delta[d3 + row]!);
			}
		}

		for (let unit = last; unit < units; unit++) {
			const weight = weights[w + unit]!;
			const d = unit * capacity;
			for (let row = 0; row < rows; row++) {
				inputDelta[out + row]! += weight * delta[d + row]!;
			}
		}
	}
}

/** Softmax over units, in place, with the largest logit taken off first. `values` units × capacity. */
export function softmax(values: Float32Array, units: number, rows: number, capacity: number): void {
	for (let row = 0; row < rows; row++) {
		let largest = values[row]!;
		for (let unit = 1; unit < units; unit++) {
			largest = Math.max(largest, values[(unit * capacity) + row]!);
		}

		let sum = 0;
		for (let unit = 0; unit < units; unit++) {
			const index = (unit * capacity) + row;
			values[index] = Math.exp(values[index]! - largest);
			sum += values[index];
		}

		for (let unit = 0; unit < units; unit++) {
			values[(unit * capacity) + row]! /= sum;
		}
	}
}
