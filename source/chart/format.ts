/** Numbers as people read them. */

/** `1,284`, of a whole number. `toLocaleString` says the same, once it has loaded its tables for 35 ms. */
export const formatCount = (value: number): string => String(value).replaceAll(/\B(?=(?:\d{3})+$)/gv, ',');

/** Three figures or so: `0.058`, `4e-4`, `12.3`; a dash for what does not exist. */
export function formatNumber(value: number | null | undefined): string {
	if (value === null || value === undefined) {
		return '–';
	}

	const size = Math.abs(value);
	if (size !== 0 && (size < 0.001 || size >= 10_000)) {
		return value.toExponential(size < 0.001 ? 0 : 1).replace('e+', 'e');
	}

	return size < 1 ? String(Number(value.toFixed(3))) : String(Number(value.toPrecision(3)));
}

/** A learning rate or another setting, without losing any of it: `4e-4`, `0.001`. */
export function formatSetting(value: number): string {
	const exponential = value.toExponential();
	return exponential.length < String(value).length ? exponential.replace('e+', 'e') : String(value);
}

/** A ratio in four columns at the most: `0.21`, `12.3`, ` 183`. */
export function formatRatio(value: number | null | undefined): string {
	if (value === null || value === undefined) {
		return 'n/a';
	}

	const digits = [[10, 2], [100, 1], [10_000, 0]].find(([limit]) => value < limit!);
	return digits ? value.toFixed(digits[1]) : '>1e4';
}

/** `97.6 %`. */
export const formatPercent = (fraction: number | null | undefined): string =>
	fraction === null || fraction === undefined ? '–' : `${(fraction * 100).toFixed(1)} %`;

/** `11 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
	const whole = Math.max(0, Math.round(seconds));
	if (whole < 60) {
		return `${whole} s`;
	}

	if (whole < 3600) {
		return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	}

	return whole < 86_400
		? `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`
		: `${Math.floor(whole / 86_400)} d ${Math.floor(whole % 86_400 / 3600)} h`;
}
