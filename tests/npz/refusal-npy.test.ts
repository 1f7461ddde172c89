/** What is wrong with one array of a sound zip, each in the sentence that people get. */
import {describe, expect, it} from 'vitest';
import {npyOf, writeNpy} from '../helpers/npz.js';
import {writeZip} from '../helpers/zip.js';
import {outcomeOfBytes} from './outcome.js';

const outcome = (data: Uint8Array) => outcomeOfBytes(writeZip([{name: 'x.npy', data}]));
const headerOf = (descr: string, shape = '(2,)', order = 'False'): string => `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
const tooLong = 'has a header of more than 10000 bytes, as thousands of fields would need: save plain numbers, each field as an array of its own.';
const eight = new Uint8Array(8);
const broken = 'has a header that numpy does not write: save it with np.savez.';
const sound = writeNpy({shape: [2], values: new Float32Array(2)});

describe('a header that numpy might have written', () => {
	it.each([
		['as numpy writes it', headerOf('\'<f4\'')],
		['without spaces', '{"descr":"<f4","fortran_order":False,"shape":(2,)}'],
		['in another order', '{\'shape\': (2,), \'fortran_order\': False, \'descr\': \'<f4\'}'],
		['with the long integers of Python 2', headerOf('\'<f4\'', '(2L,)')],
		['with redundant parentheses', headerOf('(\'<f4\')')],
		['with spaces everywhere', '{ \'descr\' : \'<f4\' , \'fortran_order\' : False , \'shape\' : ( 2 , ) , }'],
	])('is read: %s', (_, header) => {
		expect(outcome(npyOf(header, eight)).result).toBe('[["x"],[],[[[2],"float32",[0,0]]]]');
	});

	it('may have a shape without dimensions, with none of a size, and with many', () => {
		expect(outcome(npyOf(headerOf('\'<f8\'', '()'), eight)).result).toBe('[["x"],[],[[[],"float64",[0]]]]');
		expect(outcome(npyOf(headerOf('\'<f8\'', '(0, 4611686018427387)'), new Uint8Array(0))).result).toBe('[["x"],[],[[[0,4611686018427387],"float64",[]]]]');
		expect(outcome(npyOf(headerOf('\'<f8\'', `(${'1, '.repeat(64)})`), eight)).result).toContain('"float64",[0]');
	});

	it('need not be aligned', () => {
		const bytes = npyOf(headerOf('\'<f4\''), eight);
		const header = bytes.subarray(10, -8).toString('latin1').trim();
		const beginning = Buffer.from(bytes.subarray(0, 10));
		beginning.writeUInt16LE(header.length, 8);
		expect(header.length % 4).not.toBe(2);
		expect(outcome(Buffer.concat([beginning, Buffer.from(header), Buffer.from(Float32Array.of(1.5, -2).buffer)])).result).toContain('[1.5,-2]');
	});
});

describe('an array that is refused', () => {
	it.each([
		['nothing', new Uint8Array(0), 'is not in numpy\'s format: save it with np.savez.'],
		['a text', Buffer.from('hello, world'), 'is not in numpy\'s format: save it with np.savez.'],
		['a pickle', Buffer.from('\u0080\u0004\u0095c__builtin__\nexit', 'latin1'), 'is not in numpy\'s format: save it with np.savez.'],
		['version 4', npyOf(headerOf('\'<f4\''), eight, 4), 'is in version 4.0 of numpy\'s format and ibtop reads 1.0, 2.0 and 3.0: update ibtop, or save it with another numpy.'],
		['a header beyond the end', sound.subarray(0, 60), broken],
		['a long header', npyOf(headerOf(`'${'x'.repeat(10_000)}'`), eight), tooLong],
	])('%s', (_, data, sentence) => {
		expect(outcome(data).sentence).toBe(`The array "x" in x.npz ${sentence}`);
	});

	it.each([
		'',
		'{}',
		'None',
		'{',
		'}',
		'{]',
		'(1,)',
		`${headerOf('\'<f4\'')} {}`,
		`${headerOf('\'<f4\'')}#`,
		'__import__(\'os\').system(\'true\')',
		headerOf('\'<f4\'', '(1+1,)'),
		headerOf('\'<f4\'', '(2.0,)'),
		headerOf('\'<f4\'', '(0x2,)'),
		headerOf('\'<f4\'', '(2,,)'),
		headerOf('\'<f4\'', '(,)'),
		headerOf('\'<f4\'', '(2 2)'),
		headerOf('\'<f4\'', '(True, 2)'),
		headerOf('\'<f4\'', '(\'2\',)'),
		headerOf('\'<f4\'', '(None,)'),
		headerOf('\'<f4\'', '[2]'),
		headerOf('\'<f4\'', '2'),
		headerOf('\'<f4\'', '(2)'),
		headerOf('\'<f4\'', '(2,)', '0'),
		headerOf('\'<f4\'', '(2,)', 'None'),
		headerOf('\'<f4\'', '(2,)', 'false'),
		headerOf('\'<f4'),
		headerOf('b\'<f4\''),
		headerOf('\'<f\' \'4\''),
		headerOf('<f4'),
		'{\'descr\': \'<f4\', \'fortran_order\': False}',
		'{\'descr\': \'<f4\', \'fortran_order\': False, \'shape\': (2,), \'more\': 1}',
		'{\'descr\': \'<f4\', \'fortran_order\': False, \'shape\': (2,), \'shape\': (2,)}',
		'{\'descr\': \'<f4\', \'fortran_order\': False, \'shape\' (2,)}',
		'{\'descr\': \'<f4\', \'fortran_order\': False, 3: (2,)}',
		`${'('.repeat(4000)}${')'.repeat(4000)}`,
		`${'{\'a\':'.repeat(1500)}1${'}'.repeat(1500)}`,
		`'${'\\'.repeat(9000)}`,
	])('for its header: %s', header => {
		expect(outcome(npyOf(header, eight)).sentence).toBe(`The array "x" in x.npz ${broken}`);
	});

	it.each([
		['(-2,)', 'has a negative dimension, as no array has: save it again with np.savez.'],
		['(-1, -2)', 'has a negative dimension, as no array has: save it again with np.savez.'],
		['(18446744073709551618,)', 'has a dimension beyond 2^53, as no array has: save it again with np.savez.'],
		['(4294967296, 4294967296)', 'has a shape of more than 2^53 numbers, as no array has: save it again with np.savez.'],
		[`(${'1, '.repeat(65)})`, 'has 65 dimensions, as no array has: save it again with np.savez.'],
		['(3,)', 'has 8 bytes of numbers where its shape (3) of float32 takes 12: save it again with np.savez.'],
		['(1,)', 'has 8 bytes of numbers where its shape (1) of float32 takes 4: save it again with np.savez.'],
		['(2, 0)', 'has 8 bytes of numbers where its shape (2 × 0) of float32 takes 0: save it again with np.savez.'],
		['(1000, 1000000000000)', 'has 8 bytes of numbers where its shape (1000 × 1000000000000) of float32 takes 4,000,000,000,000,000: save it again with np.savez.'],
	])('for its shape: %s', (shape, sentence) => {
		expect(outcome(npyOf(headerOf('\'<f4\'', shape), eight)).sentence).toBe(`The array "x" in x.npz ${sentence}`);
	});

	it.each([
		['\'f4\'', 'has the dtype "f4", which does not say its byte order: save it with np.savez.'],
		['\'|f4\'', 'has the dtype "|f4", which does not say its byte order: save it with np.savez.'],
		['\'=f4\'', 'has the dtype "=f4", which ibtop does not know: save x.astype(np.float32).'],
		['\'<f3\'', 'holds numbers of a width that ibtop does not read (dtype float24): save x.astype(np.float64).'],
		['\'<f04\'', 'has the dtype "<f04", which ibtop does not know: save x.astype(np.float32).'],
		['\'<i16\'', 'has the dtype "<i16", which ibtop does not know: save x.astype(np.float32).'],
		['\'<constructor\'', 'has the dtype "<constructor", which ibtop does not know: save x.astype(np.float32).'],
		['\'\u009B31mred\'', 'has the dtype "red", which ibtop does not know: save x.astype(np.float32).'],
		['\'|O\'', 'holds Python objects (dtype object), and ibtop never opens a pickle: save rows of equal length as numbers, such as x.astype(np.float32).'],
		['True', 'has fields (a structured dtype): save each field as an array of its own.'],
		['[(\'a\', \'<f4\')]', 'has fields "a" (a structured dtype): save each field as an array of its own.'],
	])('for its type: %s', (descr, sentence) => {
		expect(outcome(npyOf(headerOf(descr), eight)).sentence).toBe(`The array "x" in x.npz ${sentence}`);
	});

	it('for a bool that is neither true nor false', () => {
		expect(outcome(npyOf(headerOf('\'|b1\''), Uint8Array.of(1, 2))).sentence)
			.toBe('The array "x" in x.npz says it is bool but holds more than 0 and 1: save x.astype(np.int64).');
	});

	it.each([
		['<i8', -(2n ** 53n), -(2n ** 53n) - 1n],
		['<i8', (2n ** 53n) - 1n, 2n ** 53n],
		['<u8', (2n ** 53n) - 1n, 2n ** 53n],
		['<i8', 0n, -(2n ** 63n)],
		['<i8', 0n, (2n ** 63n) - 1n],
		['<u8', 0n, (2n ** 64n) - 1n],
	])('for an integer that a number cannot hold: %s from %d, not %d', (type, last, first) => {
		const of = (value: bigint) => outcome(npyOf(headerOf(`'${type}'`, '()'), Buffer.from(BigInt64Array.of(value).buffer)));
		expect(of(last).result).toBe(`[["x"],[],[[[],"integer",[${last}]]]]`);
		expect(of(first).sentence).toContain(`The array "x" in x.npz holds ${first}, and from 2^53 on ibtop cannot tell an integer from the next`);
	});
});
