/** Least and greatest of numbers, as many as there are: hundreds of thousands are too many for the arguments of `Math.min`. */
export function extentOf(numbers: Iterable<number>): readonly [number, number] {
	let [least, greatest] = [Infinity, -Infinity];
	for (const number of numbers) {
		least = Math.min(least, number);
		greatest = Math.max(greatest, number);
	}

	return [least, greatest];
}
