import {StringDecoder} from 'node:string_decoder';

/** Characters: an event of a thousand layers takes less. */
const longest = 4 * (2 ** 20);

/** The lines of a stream, without their newlines; undefined for one that is too long, which is not kept. An incomplete last line is none. */
export async function * linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string | undefined, void> {
	const decoder = new StringDecoder('utf8');
	let rest = '';
	let isTooLong = false;
	for await (const chunk of stream) {
		const [head = '', ...others] = decoder.write(chunk).split('\n');
		rest = isTooLong ? '' : rest + head;
		for (const line of others) {
			yield isTooLong || rest.length > longest ? undefined : rest;
			isTooLong = false;
			rest = line;
		}

		if (rest.length > longest) {
			isTooLong = true;
			rest = '';
		}
	}
}
