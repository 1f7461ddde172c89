/** Nodes of a cell, and bytes of as many float64: seven vectors, which the loops below write out. */
const nodeCount: usize = 14;
const cellBytes: usize = nodeCount * 8;

/**
Writes for each row, a float32 on the line, its cell (int32, of `count` cells from `least` on, `width` wide) and Lagrange's polynomials at its place
in it (float64, one for each node). Each polynomial is the product of the differences from all other nodes, those before it and those behind it,
since divisions take longer. `nodes`: the nodes between −1 and 1, and for each 1 / Π (its difference from another), float64.
*/
export function spreadRows(rows: i32, values: usize, least: f64, width: f64, count: i32, nodes: usize, cells: usize, polynomials: usize): void {
	const weights = nodes + cellBytes;
	for (let row = 0; row < rows; row++) {
		const offset = (<f64>load<f32>(values) - least) / width;
		const cell = min(count - 1, <i32>offset);
		const place = 2 * (offset - <f64>cell) - 1;
		store<i32>(cells, cell);
		let product: f64 = 1;
		for (let node: usize = 0; node < cellBytes; node += 8) {
			store<f64>(polynomials + node, product * load<f64>(weights + node));
			product *= place - load<f64>(nodes + node);
		}

		product = 1;
		for (let node = cellBytes; node > 0; node -= 8) {
			const at = polynomials + node - 8;
			store<f64>(at, product * load<f64>(at));
			product *= place - load<f64>(nodes + node - 8);
		}

		values += 4;
		cells += 4;
		polynomials += cellBytes;
	}
}

/**
Adds each row's polynomials to the nodes of its cell, in the sources of its kind (int32); with weights (float64, not 0), once to those of the first
kind and times its weight to those of the second. `sources`: `count` cells for each kind.
*/
export function addRows(rows: i32, cells: usize, polynomials: usize, kinds: usize, weights: usize, count: i32, sources: usize): void {
	const kindBytes = <usize>count * cellBytes;
	for (let row: usize = 0; row < <usize>rows; row++) {
		const cell = sources + <usize>load<i32>(cells + row * 4) * cellBytes;
		if (weights === 0) {
			addRow(cell + <usize>load<i32>(kinds + row * 4) * kindBytes, polynomials, 1);
		} else {
			addRow(cell, polynomials, 1);
			addRow(cell + kindBytes, polynomials, load<f64>(weights + row * 8));
		}

		polynomials += cellBytes;
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function addRow(cell: usize, polynomials: usize, weight: f64): void {
	for (let node: usize = 0; node < cellBytes; node += 16) {
		v128.store(cell + node, f64x2.add(v128.load(cell + node), f64x2.mul(f64x2.splat(weight), v128.load(polynomials + node))));
	}
}

/**
What the sources of one kind at all nodes make of the kernel at all nodes. `matrices`: the kernel between the nodes of two cells that are −`reach` …
`reach` apart, float64, by the source's node and then the other's.
*/
export function transferCells(count: i32, reach: i32, sources: usize, matrices: usize, potentials: usize): void {
	const matrixBytes = nodeCount * cellBytes;
	for (let cell = 0; cell < count; cell++) {
		let a = f64x2.splat(0);
		let b = f64x2.splat(0);
		let c = f64x2.splat(0);
		let d = f64x2.splat(0);
		let e = f64x2.splat(0);
		let f = f64x2.splat(0);
		let g = f64x2.splat(0);
		const last = min(count - 1, cell + reach);
		for (let other = max(0, cell - reach); other <= last; other++) {
			const source = sources + <usize>other * cellBytes;
			let row = matrices + <usize>(other - cell + reach) * matrixBytes;
			for (let node: usize = 0; node < cellBytes; node += 8) {
				const charge = v128.load64_splat(source + node);
				a = f64x2.add(a, f64x2.mul(charge, v128.load(row)));
				b = f64x2.add(b, f64x2.mul(charge, v128.load(row, 16)));
				c = f64x2.add(c, f64x2.mul(charge, v128.load(row, 32)));
				d = f64x2.add(d, f64x2.mul(charge, v128.load(row, 48)));
				e = f64x2.add(e, f64x2.mul(charge, v128.load(row, 64)));
				f = f64x2.add(f, f64x2.mul(charge, v128.load(row, 80)));
				g = f64x2.add(g, f64x2.mul(charge, v128.load(row, 96)));
				row += cellBytes;
			}
		}

		v128.store(potentials, a);
		v128.store(potentials, b, 16);
		v128.store(potentials, c, 32);
		v128.store(potentials, d, 48);
		v128.store(potentials, e, 64);
		v128.store(potentials, f, 80);
		v128.store(potentials, g, 96);
		potentials += cellBytes;
	}
}

/** The potential of one kind at each row, float64: of the row's own (int32), or, without kinds (0), of the first. */
export function readRows(rows: i32, cells: usize, polynomials: usize, kinds: usize, count: i32, potentials: usize, sums: usize): void {
	const kindBytes = <usize>count * cellBytes;
	for (let row: usize = 0; row < <usize>rows; row++) {
		const kind: usize = kinds === 0 ? 0 : <usize>load<i32>(kinds + row * 4);
		const cell = potentials + kind * kindBytes + <usize>load<i32>(cells + row * 4) * cellBytes;
		let sum = f64x2.mul(v128.load(cell), v128.load(polynomials));
		for (let node: usize = 16; node < cellBytes; node += 16) {
			sum = f64x2.add(sum, f64x2.mul(v128.load(cell + node), v128.load(polynomials + node)));
		}

		store<f64>(sums, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
		polynomials += cellBytes;
		sums += 8;
	}
}
