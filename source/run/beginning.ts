/** What the first bytes of a line tell, byte by byte: there may be a million of them, and decoding one takes as long as looking at a thousand. */

const [epochLine, repeatKey, nextKey, epochKey] = ['{"type":"epoch","', 'repeat":', ',"', 'epoch":'].map(text => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer];

const [zero, nine, comma] = [...Buffer.from('09,')] as [number, number, number];

/** More digits than any epoch or repeat has, and no more than a number holds. */
const mostDigits = 15;

/** Which epoch an `epoch` line tells of, and of which repeat (0 where there is one only), as `encodeLine` writes them; undefined for a line that begins otherwise. */
export function epochOf(line: Uint8Array): {readonly epoch: number; readonly repeat: number} | undefined {
	if (!hasAt(line, 0, epochLine)) {
		return undefined;
	}

	let place = epochLine.length;
	let repeat = 0;
	if (hasAt(line, place, repeatKey)) {
		place += repeatKey.length;
		const end = endOfDigits(line, place);
		repeat = numberIn(line, place, end);
		if (end === place || !hasAt(line, end, nextKey)) {
			return undefined;
		}

		place = end + nextKey.length;
	}

	const start = place + epochKey.length;
	const end = endOfDigits(line, start);
	return hasAt(line, place, epochKey) && end > start && end - start <= mostDigits && line[end] === comma ? {epoch: numberIn(line, start, end), repeat} : undefined;
}

function hasAt(line: Uint8Array, place: number, text: Uint8Array): boolean {
	for (let index = 0; index < text.length; index++) {
		if (line[place + index] !== text[index]) {
			return false;
		}
	}

	return true;
}

function endOfDigits(line: Uint8Array, place: number): number {
	let end = place;
	while (end < line.length && line[end]! >= zero && line[end]! <= nine) {
		end++;
	}

	return end;
}

function numberIn(line: Uint8Array, start: number, end: number): number {
	let value = 0;
	for (let index = start; index < end; index++) {
		value = (value * 10) + line[index]! - zero;
	}

	return value;
}
