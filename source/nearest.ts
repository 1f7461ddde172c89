import leven from 'leven';

/** The name that was probably meant, as the end of a sentence: ` Did you mean "tanh"?`, or nothing if none is near. */
export function didYouMean(given: string, names: readonly string[]): string {
	const [best] = names
		.map(name => ({name, distance: leven(given.toLowerCase(), name.toLowerCase(), {maxDistance: 16})}))
		.toSorted((a, b) => a.distance - b.distance);
	return best && best.distance <= Math.max(2, given.length / 2) ? ` Did you mean "${best.name}"?` : '';
}
