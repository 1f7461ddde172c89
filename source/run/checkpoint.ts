/**
The file that a run goes on from. A line of JSON says what it is, how many bytes follow, and their CRC-32; then another line describes
the states, and their arrays follow one after the other, as the machine holds them (little-endian everywhere that Node runs).
*/
import {readFileSync} from 'node:fs';
import {crc32} from 'node:zlib';
import * as z from 'zod/mini';
import {type Parameters} from '../engine/engine.js';
import {failure, reason} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type RepeatState, type TrainingState} from '../training/state.js';
import {type RunDirectory, writeFileAtomically} from './directory.js';

const checkpointVersion = 1;

const lineEnd = 10;

const count = z.int().check(z.minimum(0), z.maximum(2 ** 31));
const lengths = z.strictObject({weights: z.array(count), biases: z.array(count)});
const described = z.array(z.strictObject({
	repeat: z.int().check(z.minimum(1)),
	epoch: count,
	steps: count,
	order: count,
	random: z.nullable(z.tuple([z.int(), z.int(), z.int(), z.int()])),
	ranges: z.nullable(z.array(z.tuple([z.number(), z.number()]))),
	parameters: lengths,
	slots: z.array(lengths),
}));
const envelope = z.looseObject({
	kind: z.literal('ibtop-checkpoint'), version: z.int(), bytes: count, crc: z.string(),
});

/** Replaces the checkpoint of a run in one step; throws what the system says where that cannot be. */
export function writeCheckpoint(run: RunDirectory, states: readonly RepeatState[]): void {
	const description = `${JSON.stringify(states.map(({repeat, state}) => describe(repeat, state)))}\n`;
	const body = Buffer.concat([Buffer.from(description), ...states.flatMap(({state}) => arraysOf(state).map(array => bytesOf(array)))]);
	const head = JSON.stringify({
		kind: 'ibtop-checkpoint', version: checkpointVersion, bytes: body.length, crc: checksum(body),
	});
	writeFileAtomically(run.checkpoint, Buffer.concat([Buffer.from(`${head}\n`), body]));
}

/** The states of a run's checkpoint; none where there is no such file. Throws, in a sentence, where it cannot be used. */
export function readCheckpoint(run: RunDirectory): RepeatState[] {
	let file: Buffer;
	try {
		file = readFileSync(run.checkpoint);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return [];
		}

		throw failure(`${safeText(run.checkpoint)} cannot be read: ${reason(error)}.`);
	}

	const {head, body} = split(file);
	const what = envelope.safeParse(parse(head)).data;
	if (what && what.version > checkpointVersion) {
		throw failure(`${safeText(run.checkpoint)} was written by a newer ibtop (format ${what.version}; this one reads ${checkpointVersion}): update ibtop.`);
	}

	if (what?.bytes !== body.length || what.crc !== checksum(body)) {
		throw damaged(run);
	}

	const parts = split(body);
	const states = described.safeParse(parse(parts.head)).data;
	const take = takerOf(parts.body);
	const found = states?.map(state => stateOf(state, take));
	if (!found?.every(each => each !== undefined) || take.left() !== 0) {
		throw damaged(run);
	}

	return found;
}

const damaged = (run: RunDirectory) =>
	failure(`${safeText(run.checkpoint)} is damaged: remove it, and the run starts again from its beginning.`);

type Described = z.output<typeof described>[number];

const describe = (repeat: number, {epoch, engine, order, random}: TrainingState): Described => ({
	repeat,
	epoch,
	steps: engine.steps,
	order: order.length,
	random: random && [...random],
	ranges: engine.ranges ? engine.ranges.map(([least, greatest]) => [least, greatest]) : null,
	parameters: lengthsOf(engine.parameters),
	slots: engine.slots.map(slot => lengthsOf(slot)),
});

const lengthsOf = ({weights, biases}: Parameters): z.output<typeof lengths> =>
	({weights: weights.map(({length}) => length), biases: biases.map(({length}) => length)});

/** In the order in which they lie in the file. */
const arraysOf = ({engine, order}: TrainingState): Array<Float32Array | Int32Array> =>
	[order, ...[engine.parameters, ...engine.slots].flatMap(({weights, biases}) => [...weights, ...biases])];

function stateOf({repeat, epoch, steps, order, random, ranges, parameters, slots}: Described, take: Taker): RepeatState | undefined {
	try {
		const takenOrder = new Int32Array(take.bytes(order * 4));
		const [first, ...others] = [parameters, ...slots].map(({weights, biases}): Parameters => ({
			weights: weights.map(length => new Float32Array(take.bytes(length * 4))),
			biases: biases.map(length => new Float32Array(take.bytes(length * 4))),
		}));
		return {
			repeat,
			state: {
				epoch, order: takenOrder, random, engine: {
					parameters: first!, steps, slots: others, ...(ranges && {ranges}),
				},
			},
		};
	} catch {
		return undefined;
	}
}

type Taker = {readonly bytes: (length: number) => ArrayBuffer; readonly left: () => number};

/** Hands out a buffer piece by piece, each in memory of its own. */
function takerOf(buffer: Buffer): Taker {
	let place = 0;
	return {
		bytes(length) {
			if (place + length > buffer.length) {
				throw new RangeError('there is less than was said');
			}

			place += length;
			return new Uint8Array(buffer.subarray(place - length, place)).buffer;
		},
		left: () => buffer.length - place,
	};
}

function split(bytes: Buffer): {head: string; body: Buffer} {
	const end = bytes.indexOf(lineEnd);
	return end === -1 ? {head: '', body: bytes} : {head: bytes.toString('utf8', 0, end), body: bytes.subarray(end + 1)};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const bytesOf = ({buffer, byteOffset, byteLength}: Float32Array | Int32Array): Buffer => Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

const checksum = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, '0');
