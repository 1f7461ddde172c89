import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it, vi} from 'vitest';
import {eventsOf} from '../helpers/train.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {loadPreset} from '../../source/preset/load.js';
import {encodeLine} from '../../source/run/line.js';
import {followRun} from '../../source/run/reader.js';

vi.setConfig({testTimeout: 120_000});

/** What a viewer makes of a file. */
async function read(file: string): Promise<{history: History; damaged: number}> {
	let history = emptyHistory;
	let damaged = 0;
	for await (const {event} of followRun(file, {
		isOver: () => true, interval: 0, onDamage() {
			damaged++;
		},
	})) {
		history = reduce(history, event);
	}

	return {history, damaged};
}

it('a run whose events are cut or changed at any byte is read without a wrong number, and what is lost is counted', async () => {
	const tanh = loadPreset('tanh');
	const file = path.join(temporaryFolder(), 'events.ndjson');
	const events = await eventsOf({
		...tanh, network: {...tanh.network, hidden: [2]}, estimators: ['bins'], training: {...tanh.training, epochs: 2},
	});
	const lines = events.map(event => encodeLine(event));
	const bytes = Buffer.from(lines.join(''));
	writeFileSync(file, bytes);
	const {history: whole, damaged: none} = await read(file);
	expect(whole.epochs).toHaveLength(3);
	expect(none).toBe(0);
	const sound = new Set(whole.epochs.map(event => JSON.stringify(event)));

	const check = async (contents: Buffer, isCut: boolean, place: number) => {
		writeFileSync(file, contents);
		const {history, damaged} = await read(file);
		expect(history.epochs.every(event => sound.has(JSON.stringify(event))), `byte ${place}`).toBe(true);
		expect(damaged, `byte ${place}`).toBe(isCut ? 0 : 1);
		// One line is gone, or two that have become one.
		const told = (history.start ? 1 : 0) + history.epochs.length + (history.end ? 1 : 0);
		const left = isCut ? contents.toString('latin1').split('\n').length - 1 : lines.length - (bytes[place] === 10 ? 2 : 1);
		// Without its start, a reader does not know the run.
		expect(told, `byte ${place}`).toBe(left);
	};

	for (let place = 0; place < bytes.length; place++) {
		await check(bytes.subarray(0, place), true, place);
		const changed = Buffer.from(bytes);
		// Not into a newline, which makes two damaged lines of one.
		changed[place]! ^= (bytes[place]! ^ 10) === 1 << (place % 8) ? 1 << ((place + 1) % 8) : 1 << (place % 8);
		if (place < bytes.length - 1) {
			await check(changed, false, place);
		}
	}

	console.log(`${bytes.length} bytes: cut at each and each changed, never a wrong number.`);
});
