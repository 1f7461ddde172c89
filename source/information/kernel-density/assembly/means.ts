import {tileBytes} from './boxes';
import {restOffset} from './columns';
import {groupRows} from './groups';

/** Products are brought back to 1 … 2 once they are beyond 2^±600; the next four numbers may be as far from 1 as 2^±100 each. */
const exponentBits: i64 = 0x7FF0000000000000;
const one: i64 = 0x3FF0000000000000;
const largest = reinterpret<f64>(i64(1023 + 600) << 52);
const smallest = reinterpret<f64>(i64(1023 - 600) << 52);

let exponent: f64 = 0;

/**
Multiplies the sums of one kernel over all rows, where every row has one class: of each row the whole sum S, and the part P of its own class, within
what the row itself adds and S. Leaving one out, that is taken away and the share of the class, `priors` (float64 a class, or 0), put
in its place. All are multiplied by `scale` first, a power of 2. Logarithms take longer than all else about a row, so that two do for all of them.

`sums`: of the first group, 16 float64 a group. `products`: a float64 and its exponent of 2 for S, then for P.
*/
export function multiplySums(tiles: usize, count: i32, order: usize, sums: usize, scale: f64, priors: usize, products: usize): void {
	let whole: f64 = 1;
	let own: f64 = 1;
	let wholeExponent: f64 = 0;
	let ownExponent: f64 = 0;
	for (const end = tiles + <usize>count * tileBytes; tiles < end; tiles += tileBytes) {
		const share = priors === 0 ? 0 : load<f64>(priors + (<usize>load<i32>(tiles, 8) << 3)) - 1;
		for (let group = load<i32>(tiles, 4); group > 0; group--) {
			for (let row = 0; row < groupRows; row++) {
				if (load<i32>(order) !== -1) {
					const part = load<f64>(sums) * scale;
					const sum = part + load<f64>(sums, restOffset) * scale;
					whole *= sum;
					own *= min(sum, max(1, part)) + share;
				}

				order += 4;
				sums += 8;
			}

			whole = withoutExponent(whole);
			wholeExponent += exponent;
			own = withoutExponent(own);
			ownExponent += exponent;
			sums += 2 * restOffset - 8 * groupRows;
		}
	}

	store<f64>(products, whole);
	store<f64>(products, wholeExponent, 8);
	store<f64>(products, own, 16);
	store<f64>(products, ownExponent, 24);
}

/** The number without its power of 2, which `exponent` then tells, or the number itself while it is neither large nor small. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function withoutExponent(value: f64): f64 {
	exponent = 0;
	if (value <= smallest || value >= largest) {
		const bits = reinterpret<i64>(value);
		exponent = <f64>(((bits & exponentBits) >> 52) - 1023);
		return reinterpret<f64>((bits & ~exponentBits) | one);
	}

	return value;
}
