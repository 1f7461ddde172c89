import {PassThrough} from 'node:stream';
import fc from 'fast-check';
import {
	afterEach, beforeEach, describe, expect, it, vi,
} from 'vitest';
import {filterInput, type ModeReport} from '../../../source/ui/screen/input.js';

const escape = '\u001B';
const answer = `${escape}[?2026;2$y`;

/** What a reader of keys gets when the terminal sends `chunks`, and the answers that were taken out of them. */
async function read(chunks: ReadonlyArray<string | Uint8Array>): Promise<{keys: string; answers: ModeReport[]}> {
	const source = new PassThrough();
	const answers: ModeReport[] = [];
	const {stream, close} = filterInput(source as unknown as NodeJS.ReadStream, each => {
		answers.push(each);
	});
	let keys = '';
	stream.on('data', (chunk: Uint8Array) => {
		keys += Buffer.from(chunk).toString();
	});
	for (const chunk of chunks) {
		source.write(chunk);
		await nextTurn();
	}

	await rest();
	close();
	return {keys, answers};
}

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
});

afterEach(() => {
	vi.useRealTimers();
});

/** What might be the beginning of an answer waits this long at the most. */
async function rest(): Promise<void> {
	vi.advanceTimersByTime(1000);
	await nextTurn();
}

const nextTurn = async () => new Promise<void>(resolve => {
	setImmediate(resolve);
});

describe('the terminal\'s input', () => {
	it.each([
		['a letter', 'q'],
		['several letters', '++-0'],
		['a lone escape', escape],
		['an arrow', `${escape}[A`],
		['an arrow in application mode', `${escape}OA`],
		['the end key', `${escape}[F`],
		['ctrl-c', '\u0003'],
		['enter and tab', '\r\t'],
		['a question mark', '?'],
		['brackets', '[]'],
		['letters beyond ASCII', 'äΩ字'],
		['an answer to another question', `${escape}[?62;22c`],
	])('passes %s through as it is', async (_, typed) => {
		expect(await read([typed])).toEqual({keys: typed, answers: []});
	});

	it.each([
		['alone', [answer], '', [{mode: 2026, setting: 2}]],
		['between keys', [`a${answer}b`], 'ab', [{mode: 2026, setting: 2}]],
		['beside arrows and escapes', [`${escape}[A${answer}${escape}`], `${escape}[A${escape}`, [{mode: 2026, setting: 2}]],
		['of a terminal that does not know', [`${escape}[?2026;0$y`], '', [{mode: 2026, setting: 0}]],
		['about another mode', [`${escape}[?25;1$y`], '', [{mode: 25, setting: 1}]],
		['twice', [answer + answer, 'x'], 'x', [{mode: 2026, setting: 2}, {mode: 2026, setting: 2}]],
		['as bytes', [Buffer.from(answer)], '', [{mode: 2026, setting: 2}]],
	])('takes an answer out and reports it: %s', async (_, chunks, keys, answers) => {
		expect(await read(chunks)).toEqual({keys, answers});
	});

	it.each(Array.from({length: answer.length - 3}, (_, index) => index + 3))('takes out an answer that comes in two chunks, apart after %d characters', async at => {
		expect(await read([`a${answer.slice(0, at)}`, `${answer.slice(at)}b`])).toEqual({keys: 'ab', answers: [{mode: 2026, setting: 2}]});
	});

	it.each([1, 2])('lets no keys through of an answer that comes apart after %d characters', async at => {
		const {keys, answers} = await read([`a${answer.slice(0, at)}`, `${answer.slice(at)}b`]);
		expect(keys.replaceAll(escape, '')).toBe('ab');
		expect(answers).toEqual([{mode: 2026, setting: 2}]);
	});

	it('takes out an answer that comes character by character after its beginning', async () => {
		expect(await read([`${escape}[?`, ...answer.slice(3), 'q'])).toEqual({keys: 'q', answers: [{mode: 2026, setting: 2}]});
	});

	it('passes on what only began like an answer', async () => {
		expect(await read([`${escape}[?20`, 'q'])).toEqual({keys: `${escape}[?20q`, answers: []});
	});

	it('loses no key and passes no answer, however they come', async () => {
		const piece = fc.constantFrom(answer, `${escape}[?2026;1$y`, 'q', '+', '[', '?', '\r', `${escape}[A`, `${escape}[F`);
		await fc.assert(fc.asyncProperty(fc.array(piece, {maxLength: 12}), async pieces => {
			const {keys, answers} = await read(pieces);
			expect(keys).toBe(pieces.filter(each => !each.endsWith('$y')).join(''));
			expect(answers).toHaveLength(pieces.filter(each => each.endsWith('$y')).length);
		}), {numRuns: 50});
	});
});

it.each([
	['a lone escape', escape, 25],
	['an escape and a bracket', `${escape}[`, 25],
	['what can only be an answer', `${escape}[?`, 1000],
	['the beginning of an answer', `${escape}[?20`, 1000],
	['an answer without its last letter', answer.slice(0, -1), 1000],
])('%s waits for the rest of an answer: %j for %d ms, and no longer', async (_, typed, patience) => {
	const source = new PassThrough();
	const {stream, close} = filterInput(source as unknown as NodeJS.ReadStream, () => undefined);
	let keys = '';
	stream.on('data', (chunk: Uint8Array) => {
		keys += Buffer.from(chunk).toString();
	});
	source.write(typed);
	await nextTurn();
	vi.advanceTimersByTime(patience - 1);
	await nextTurn();
	expect(keys).toBe('');
	vi.advanceTimersByTime(1);
	await nextTurn();
	expect(keys).toBe(typed);
	close();
	await rest();
	expect(keys).toBe(typed);
});

describe('the stream that stands for the terminal', () => {
	it('passes on what is asked of it: raw mode, and to be waited for or not', () => {
		const calls: unknown[] = [];
		const source = Object.assign(new PassThrough(), {
			isTTY: true,
			setRawMode(isRaw: boolean) {
				calls.push(isRaw);
			},
			ref() {
				calls.push('ref');
			},
			unref() {
				calls.push('unref');
			},
		});
		const {stream} = filterInput(source as unknown as NodeJS.ReadStream, () => undefined);
		expect(stream.isTTY).toBe(true);
		expect(stream.setRawMode(true)).toBe(stream);
		expect(stream.ref()).toBe(stream);
		expect(stream.unref()).toBe(stream);
		stream.setRawMode(false);
		expect(calls).toEqual([true, 'ref', 'unref', false]);
	});

	it('hears nothing more once it is closed, and lets the terminal rest', async () => {
		const source = new PassThrough();
		const answers: ModeReport[] = [];
		const {stream, close} = filterInput(source as unknown as NodeJS.ReadStream, each => {
			answers.push(each);
		});
		let keys = '';
		stream.on('data', (chunk: Uint8Array) => {
			keys += Buffer.from(chunk).toString();
		});
		close();
		source.write(`q${answer}`);
		await nextTurn();
		expect({
			keys, answers, listeners: source.listenerCount('data'), isPaused: source.isPaused(),
		}).toEqual({
			keys: '', answers: [], listeners: 0, isPaused: true,
		});
	});
});
