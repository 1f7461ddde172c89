import {Buffer} from 'node:buffer';
import {crc32} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type RunEvent} from '../../source/run/events.js';
import {decodeLine, encodeLine} from '../../source/run/line.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

/** The line of anything at all, as a trainer of another version would write it. */
function lineOf(value: unknown): string {
	const body = JSON.stringify(value).slice(0, -1);
	return `${body},"crc":"${crc32(body).toString(16).padStart(8, '0')}"}`;
}

const finite = fc.double({noNaN: true, noDefaultInfinity: true}).map(value => value + 0);
const orNull = fc.option(finite);
const text = fc.string({unit: fc.constantFrom(...String.raw`abc"\/,{}:é→𝛼 crc`)});
const epoch = fc.nat(1e7);
const layer = fc.integer({min: 1, max: 21});
const information = fc.dictionary(fc.constantFrom('bins', 'width:0.07', 'kde:0.001', 'a","crc":"00000000"'), fc.record({x: finite, y: finite}), {noNullPrototype: true});

const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
	fc.record({
		type: fc.constant('epoch' as const),
		epoch,
		seconds: finite,
		loss: orNull,
		accuracy: fc.record({train: orNull, test: orNull}),
		layers: fc.array(fc.record({
			layer, information, gradient: fc.option(fc.record({mean: finite, std: finite, ratio: orNull})), weightNorm: orNull,
		}), {maxLength: 4}),
	}),
	fc.record({
		type: fc.constant('phase' as const), layer, event: fc.constantFrom('diffusion' as const, 'reversal' as const, 'compression' as const), epoch: fc.option(epoch), estimator: text,
	}),
	fc.record({type: fc.constant('pause' as const), epoch}),
	fc.record({type: fc.constant('resume' as const), epoch}),
	fc.record({type: fc.constant('warning' as const), message: text}),
	fc.record({
		type: fc.constant('end' as const), reason: fc.constantFrom('finished' as const, 'stopped' as const, 'diverged' as const, 'failed' as const), epoch, message: text,
	}),
);

// One of each type that a run consists of.
const examples: readonly RunEvent[] = [
	exampleStart(),
	exampleEpoch(7),
	{
		type: 'phase', layer: 3, event: 'diffusion', epoch: 171,
	},
	{type: 'warning', message: 'a disk that is full, „as said“ → so'},
	{type: 'end', reason: 'finished', epoch: 8000},
];

describe('a line', () => {
	it('comes back as the event that it was', () => {
		fc.assert(fc.property(anyEvent, event => {
			const line = encodeLine(event);
			expect(line.indexOf('\n')).toBe(line.length - 1);
			expect(decodeLine(line.slice(0, -1))).toEqual({kind: 'event', event});
		}), {numRuns: 300});
	});

	// Expected: python3 -c 'import zlib; print("%08x" % zlib.crc32(b"{\"type\":\"pause\",\"epoch\":3"))'
	it('is the event as JSON, with the CRC-32 of what stands before it as its last field', () => {
		expect(encodeLine({type: 'pause', epoch: 3})).toBe('{"type":"pause","epoch":3,"crc":"f45771f1"}\n');
	});

	it.each(examples.map(event => [event.type, event] as const))('of type %s is damaged by the flip of any bit', (_, event) => {
		const bytes = Buffer.from(encodeLine(event).slice(0, -1));
		const survivors: string[] = [];
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			bytes[bit >> 3]! ^= 1 << (bit & 7);
			const {kind} = decodeLine(bytes.toString('utf8'));
			if (kind !== 'damaged') {
				survivors.push(`bit ${bit}: ${kind}`);
			}

			bytes[bit >> 3]! ^= 1 << (bit & 7);
		}

		expect(survivors).toEqual([]);
	});

	it.each(examples.map(event => [event.type, event] as const))('of type %s is damaged where its beginning or its end is missing', (_, event) => {
		const line = encodeLine(event).slice(0, -1);
		const parts = Array.from({length: line.length - 1}, (__, index) => [line.slice(0, index + 1), line.slice(index + 1)]).flat();
		expect(parts.filter(part => decodeLine(part).kind !== 'damaged')).toEqual([]);
	});

	it.each([
		['nothing', ''],
		['a line of text', 'hello'],
		['JSON without a checksum', '{"type":"pause","epoch":3}'],
		['a checksum of something else', '{"type":"pause","epoch":4,"crc":"f45771f1"}'],
		['a checksum in capitals', '{"type":"pause","epoch":3,"crc":"F45771F1"}'],
		['two lines in one', '{"type":"pause","epoch":3,"crc":"f45771f1"}{"type":"pause","epoch":3,"crc":"f45771f1"}'],
		['a space behind', '{"type":"pause","epoch":3,"crc":"f45771f1"} '],
		['zeros', '\0'.repeat(100)],
	])('is damaged if it is %s', (_, line) => {
		expect(decodeLine(line)).toEqual({kind: 'damaged'});
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.jsonValue().map(value => lineOf({value})), fc.jsonValue().map(value => lineOf(value))), line => {
			expect(['event', 'unknown', 'newer', 'damaged']).toContain(decodeLine(line).kind);
		}));
	});
});

describe('a line of another version', () => {
	it('starts a run that this one cannot read if its version is higher', () => {
		expect(decodeLine(lineOf({...exampleStart(), version: 2}))).toEqual({kind: 'newer'});
		expect(decodeLine(lineOf({type: 'start', version: 99, everything: 'else'}))).toEqual({kind: 'newer'});
	});

	it.each([
		['an event of a type that is not known here', {type: 'rewind', epoch: 4}],
		['an epoch that lacks what every epoch has', {type: 'epoch', epoch: 4}],
		['an epoch with a number that is none', {...exampleEpoch(4), loss: 'low'}],
		['a list', [1, 2]],
		['a negative epoch', {type: 'resume', epoch: -1}],
	])('is unknown if it is %s', (_, value) => {
		// A list has no place for a checksum, so it cannot be sound.
		expect(decodeLine(lineOf(value)).kind).toBe(Array.isArray(value) ? 'damaged' : 'unknown');
	});

	it('is an event with fields that were added since', () => {
		const event = {
			...exampleEpoch(4), repeat: 3, added: {deep: [1]},
		};
		expect(decodeLine(lineOf(event))).toEqual({kind: 'event', event});
	});
});

describe('text in a line', () => {
	it('holds no character that a terminal would obey, so that --json can be printed as it is', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), message => {
			expect(encodeLine({type: 'warning', message})).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\n$/v);
		}));
	});

	it.each([
		['an escape sequence', 'a\u001B[2Jb', 'ab'],
		['a title', '\u001B]0;owned\u0007x', 'x'],
		['the clipboard', '\u001B]52;c;AAAA\u001B\\x', 'x'],
		['a carriage return', 'a\rb', 'a\uFFFDb'],
		['a change of direction', 'a\u202Eb', 'a\uFFFDb'],
	])('is made safe: %s', (_, message, expected) => {
		expect(decodeLine(encodeLine({type: 'warning', message}).slice(0, -1))).toEqual({kind: 'event', event: {type: 'warning', message: expected}});
	});

	it('does not reach any prototype', () => {
		const line = lineOf(JSON.parse('{"type":"pause","epoch":1,"__proto__":{"polluted":true}}'));
		expect(line).toContain('__proto__');
		decodeLine(line);
		const innocent: {polluted?: boolean} = {};
		expect(innocent.polluted).toBeUndefined();
	});
});
