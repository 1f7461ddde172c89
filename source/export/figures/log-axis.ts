/** Vertical logarithmic axes, labelled with powers of ten. */
import {extentOf} from './extent.js';

/** A little more than what numbers above 0 span, and a decade at least. */
export function logDomain(numbers: readonly number[]): readonly [number, number] {
	const [least, greatest] = extentOf(numbers);
	const [low, high] = [least / 1.3, greatest * 1.3];
	const missing = Math.sqrt(Math.max(1, 10 * low / high));
	return [low / missing, high * missing];
}

/** The axis over a domain, with at most `most` labels at powers of ten, evenly spaced; between these too where there is but one, or none. */
export function logAxis([low, high]: readonly [number, number], title: string, most = 5) {
	const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
	const scale = {type: 'log', domain: [low, high], nice: false};
	if (last <= first) {
		return {scale, axis: {title, ...betweenPowers([low, high])}};
	}

	const step = Math.max(1, Math.ceil((last - first) / (most - 1)));
	const powers = Array.from({length: Math.floor((last - first) / step) + 1}, (_, index) => first + (index * step));
	return {
		scale,
		axis: {
			title,
			values: powers.map(power => Number(`1e${power}`)),
			labelExpr: `${JSON.stringify(powers.map(power => powerOfTen(power)))}[round((log(datum.value) / LN10 - ${first}) / ${step})]`,
		},
	};
}

/** One, two and five times the powers of ten, as labels; as 0.2, or where that is long as 2·10⁻⁷. */
function betweenPowers([low, high]: readonly [number, number]) {
	const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
	const all = Array.from({length: last - first + 1}, (_, index) => first + index).flatMap(power =>
		[1, 2, 5].map(factor => ({factor, power, value: Number(`${factor}e${power}`)})));
	const shown = all.filter(({value}) => value >= low && value <= high);
	const isLong = first < -3 || last > 4;
	const values = shown.map(({value}) => value);
	const labels = shown.map(({factor, power, value}) => isLong ? `${factor}·${powerOfTen(power)}` : String(value));
	return {values, labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`};
}

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const powerOfTen = (power: number): string => power === 0
	? '1'
	: `10${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map(digit => digits[Number(digit)]).join('')}`;
