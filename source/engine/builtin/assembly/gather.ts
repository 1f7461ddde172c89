/** Samples that are fetched at a time: few enough to be still in the cache when they are copied. */
const fetchedRows: usize = 128;

/**
The samples with the given `numbers` (i32), one after another: `inputs` rows × features, and `targets` rows × classes with a 1 at the label.
*/
export function gather(
	samples: usize,
	labels: usize,
	numbers: usize,
	rows: usize,
	features: usize,
	classes: usize,
	inputs: usize,
	targets: usize,
): void {
	const rowBytes = features * 4;
	for (let first: usize = 0; first < rows; first += fetchedRows) {
		const count = min(fetchedRows, rows - first);
		const taken = numbers + first * 4;
		// What was seen is overwritten, but has to be used for it to be looked at.
		store<u8>(targets, fetch(samples, labels, taken, count, rowBytes));
		copyRows(samples, taken, count, rowBytes, inputs);
		markLabels(labels, taken, count, classes, targets);
		inputs += count * rowBytes;
		targets += count * classes * 4;
	}
}

/** Looks at each label and at both ends of each sample and does nothing else, so that the processor fetches a great many at once from wherever they lie. */
function fetch(samples: usize, labels: usize, numbers: usize, rows: usize, rowBytes: usize): u8 {
	let seen: u8 = 0;
	for (const end = numbers + rows * 4; numbers < end; numbers += 4) {
		const number = <usize>load<i32>(numbers);
		const from = samples + number * rowBytes;
		seen |= load<u8>(labels + number) | load<u8>(from) | load<u8>(from + rowBytes - 1);
	}

	return seen;
}

function copyRows(samples: usize, numbers: usize, rows: usize, rowBytes: usize, to: usize): void {
	const wholeBytes = rowBytes & ~15;
	for (const end = numbers + rows * 4; numbers < end; numbers += 4) {
		const from = samples + <usize>load<i32>(numbers) * rowBytes;
		let at: usize = 0;
		for (; at < wholeBytes; at += 16) {
			v128.store(to + at, v128.load(from + at));
		}

		for (; at < rowBytes; at += 4) {
			store<f32>(to + at, load<f32>(from + at));
		}

		to += rowBytes;
	}
}

function markLabels(labels: usize, numbers: usize, rows: usize, classes: usize, targets: usize): void {
	memory.fill(targets, 0, rows * classes * 4);
	for (const end = numbers + rows * 4; numbers < end; numbers += 4) {
		store<f32>(targets + <usize>load<u8>(labels + <usize>load<i32>(numbers)) * 4, 1);
		targets += classes * 4;
	}
}
