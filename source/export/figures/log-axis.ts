/** Vertical logarithmic axes, labelled with powers of ten. */

/** A little more than what numbers above 0 span, and a decade at least. */
export function logDomain(numbers: readonly number[]): readonly [number, number] {
	const [low, high] = [Math.min(...numbers) / 1.3, Math.max(...numbers) * 1.3];
	const missing = Math.sqrt(Math.max(1, 10 * low / high));
	return [low / missing, high * missing];
}

/** The axis over a domain, with at most `most` labels at powers of ten, evenly spaced. */
export function logAxis([low, high]: readonly [number, number], title: string, most = 5) {
	const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
	const step = Math.max(1, Math.ceil((last - first) / (most - 1)));
	const powers = Array.from({length: Math.floor((last - first) / step) + 1}, (_, index) => first + (index * step));
	return {
		scale: {type: 'log', domain: [low, high], nice: false},
		axis: {
			title,
			values: powers.map(power => Number(`1e${power}`)),
			labelExpr: `${JSON.stringify(powers.map(power => powerOfTen(power)))}[round((log(datum.value) / LN10 - ${first}) / ${step})]`,
		},
	};
}

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const powerOfTen = (power: number): string => power === 0
	? '1'
	: `10${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map(digit => digits[Number(digit)]).join('')}`;
