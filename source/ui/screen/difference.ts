import {type Grid, type Style} from '../../chart/grid.js';
import {type ColorLevel} from '../color-level.js';

const escape = '\u001B[';

/** How many unchanged cells are cheaper to write again than to jump over. */
const shortGap = 4;

/**
What to send so that a terminal that shows `before` shows `after`: the changed cells only, each run behind one cursor movement.
Empty if nothing changed. Without `before`, everything is written over.
*/
export function frameDifference(before: Grid | undefined, after: Grid, level: ColorLevel): string {
	let output = '';
	let sgr = '';
	let last: Style | undefined;
	for (let row = 0; row < after.height; row++) {
		let place: number | undefined;
		for (const [start, end] of changedRuns(before, after, row)) {
			// Forward in the same row is shorter than to a place.
			output += place === undefined ? `${escape}${row + 1};${start + 1}H` : `${escape}${start - place}C`;
			for (let column = start; column < end; column++) {
				const style = after.style(column, row);
				if (style !== last) {
					last = style;
					const next = styleSequence(style, level);
					output += next === sgr ? '' : next;
					sgr = next;
				}

				output += after.character(column, row);
			}

			// A wide character leaves the cursor behind its second half.
			place = after.character(end, row) === '' ? end + 1 : end;
		}
	}

	return sgr === '' || sgr === styleSequence({}, level) ? output : output + styleSequence({}, level);
}

function changedRuns(before: Grid | undefined, after: Grid, row: number): Array<[number, number]> {
	const runs: Array<[number, number]> = [];
	for (let column = 0; column < after.width; column++) {
		if (before && isSameCell(before, after, column, row)) {
			continue;
		}

		const last = runs.at(-1);
		if (last && column - last[1] < shortGap) {
			last[1] = column + 1;
		} else {
			runs.push([column, column + 1]);
		}
	}

	return runs;
}

function isSameCell(before: Grid, after: Grid, column: number, row: number): boolean {
	if (before.character(column, row) !== after.character(column, row)) {
		return false;
	}

	const a = before.style(column, row);
	const b = after.style(column, row);
	return a === b || (a.color === b.color && Boolean(a.bold) === Boolean(b.bold) && Boolean(a.dim) === Boolean(b.dim) && Boolean(a.inverse) === Boolean(b.inverse));
}

/** A whole style in one sequence, from nothing. Bold, dim and inverse are no colours, and stay without them. */
export function styleSequence({color, bold, dim, inverse}: Style, level: ColorLevel): string {
	const codes = ['0'];
	if (bold) {
		codes.push('1');
	}

	if (dim) {
		codes.push('2');
	}

	if (inverse) {
		codes.push('7');
	}

	if (color !== undefined && level > 0) {
		codes.push(level === 1 ? String(basicColor(color)) : `38;5;${color}`);
	}

	return `${escape}${codes.join(';')}m`;
}

/** The nearest of the 16 colours, for the colours that the palette uses; none of them black, white or the dark blue that nobody can read on black. */
function basicColor(color: number): number {
	const [red, green, blue] = [16, 6, 1].map(divisor => color < 16 || color > 231 ? 3 : Math.floor((color - 16) / (divisor === 16 ? 36 : divisor)) % 6) as [number, number, number];
	const bits = Number(red >= 3) + (2 * Number(green >= 3)) + (4 * Number(blue >= 3));
	if (bits === 4) {
		return 94;
	}

	return bits === 0 || bits === 7 ? 36 : 30 + bits;
}
