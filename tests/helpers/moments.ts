/** Mean and population standard deviation, in two passes. */
export function moments(values: readonly number[]): {mean: number; deviation: number} {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance = values.reduce((sum, value) => sum + ((value - mean) ** 2), 0) / values.length;
	return {mean, deviation: Math.sqrt(variance)};
}

/** The value below which `fraction` of the values lie; 0.5 is the median. */
export function quantile(values: readonly number[], fraction: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const position = (sorted.length - 1) * fraction;
	const low = sorted[Math.floor(position)]!;
	return low + ((sorted[Math.ceil(position)]! - low) * (position % 1));
}
