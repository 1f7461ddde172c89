/** What goes over the line to the terminal: how much, how often, and what becomes of it on a link that is slow or stalls. */
/* eslint-disable no-control-regex -- control characters are the subject */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {
	describe, expect, it, vi,
} from 'vitest';
import {createLink, hasPython} from '../helpers/link.js';
import {
	asSeen, openScreen, type Session, sizeOf,
} from '../helpers/terminal.js';
import {temporaryFolder, type RunFiles} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

const erase = /\u001B\[[23]J/gv;
const countErases = (text: string) => text.match(erase)?.length ?? 0;

async function startLong(options: Parameters<typeof openScreen>[1] = {}, args: readonly string[] = []): Promise<{session: Session; run: RunFiles; folder: string}> {
	const opened = openScreen(['--epochs', '100000', ...args], options);
	await opened.session.waitFor(/epoch [1-9]/v);
	return opened;
}

/** Waits until a value has been the same for so many milliseconds. */
async function unmoved(what: string, read: () => number, milliseconds: number): Promise<void> {
	let last = Number.NaN;
	let since = performance.now();
	await until(what, () => {
		const value = read();
		if (value !== last) {
			last = value;
			since = performance.now();
		}

		return performance.now() - since > milliseconds;
	});
}

/** Waits until nothing has been sent for half a second. */
const settled = async (session: Session): Promise<void> => unmoved('nothing is sent any more', () => session.output.length, 500);

/** The processor time that a process has used, in ticks of 10 ms. */
function processorTime(pid: number): number {
	const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
	return Number(user) + Number(system);
}

/** The screen is what a whole repaint makes of it. */
async function expectRepaintChangesNothing(session: Session): Promise<void> {
	// What is announced leaves the footer by itself.
	await session.waitFor(() => session.lines().at(-1)!.includes('q quit'));
	await settled(session);
	const before = asSeen(session.cells());
	const {length} = session.output;
	session.press('\u000C');
	await session.waitFor(() => countErases(session.output.slice(length)) > 0);
	await settled(session);
	expect(asSeen(session.cells())).toEqual(before);
}

/** A preload that notes the time and the text of each write to the terminal. */
function writesOf(): {env: Record<string, string>; read: () => Array<{time: number; text: string}>} {
	const file = path.join(temporaryFolder(), 'writes');
	const code = String.raw`import {appendFileSync} from 'node:fs';
		if (process.argv[1]?.endsWith('cli.js')) {
			const {write} = process.stdout;
			process.stdout.write = function (text, ...rest) {
				appendFileSync(${JSON.stringify(file)}, JSON.stringify({time: performance.now(), text}) + '\n');
				return write.call(this, text, ...rest);
			};
		}`;
	return {
		env: {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`},
		read: () => readFileSync(file, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line) as {time: number; text: string}),
	};
}

describe('what is written', () => {
	it('erases the screen only after a resize, SIGCONT and Ctrl-L', async () => {
		const {session} = await startLong();
		await session.waitFor(/epoch (?:[2-9]\d|[1-9][\d,]{2,})\b/v);
		// Once on the way in.
		expect(countErases(session.output)).toBe(1);
		for (const provoke of [
			() => {
				session.press('\u000C');
			},
			() => {
				session.resize(sizeOf('90×30'));
			},
			() => {
				session.kill('SIGCONT');
			},
		]) {
			const before = session.output.length;
			provoke();
			await session.waitFor(() => countErases(session.output.slice(before)) > 0 && session.output.slice(before).includes('information plane'));
			const since = session.output.length;
			await session.waitFor(() => session.output.length > since + 500);
			expect(countErases(session.output.slice(since))).toBe(0);
		}

		expect(session.output).not.toContain('\u001B[3J');
	});

	it('is nothing at all while nothing changes', async () => {
		const {session} = await startLong();
		session.press('p');
		await session.waitFor(/PAUSED/v);
		// What was said in the footer goes away after five seconds.
		await session.waitFor(/q quit {2}d detach {2}space freeze/v);
		await settled(session);
		const {length} = session.output;
		await sleep(1500);
		expect(session.output.length).toBe(length);
		session.press('1');
		await session.waitFor(() => session.output.length > length);
	});

	it('is one write a frame, and no more frames than were asked for', async () => {
		const writes = writesOf();
		await startLong({env: writes.env}, ['--fps', '5']);
		await until('ten frames are written', () => writes.read().length > 12);
		const frames = writes.read().slice(2);
		const gaps = frames.slice(1).map(({time}, index) => time - frames[index]!.time);
		// Timers may come a millisecond early.
		expect(gaps.filter(gap => gap < 195)).toEqual([]);
		expect(frames.filter(({text}) => !/^\u001B\[\d+;\d+H/v.test(text))).toEqual([]);
	});

	it.each([
		['Ctrl-L', (session: Session) => {
			session.press('\u000C');
		}],
		['a resize', (session: Session) => {
			session.resize(sizeOf('90×30'));
		}],
	])('is the erase and the whole frame in one write after %s, so that no empty screen is seen', async (_, provoke) => {
		const writes = writesOf();
		const {session} = await startLong({env: writes.env});
		session.press('p');
		await session.waitFor(/PAUSED/v);
		const {length} = writes.read();
		provoke(session);
		await until('something is erased', () => writes.read().slice(length).some(({text}) => countErases(text) > 0));
		const erasing = writes.read().slice(length).find(({text}) => countErases(text) > 0)!;
		expect(erasing.text).toContain('information plane');
	});
});

describe('synchronised output', () => {
	const begin = '\u001B[?2026h';
	const end = '\u001B[?2026l';
	const answer = '\u001B[?2026;2$y';

	it.each([
		['that does not answer', undefined],
		['that does not know the mode', '\u001B[?2026;0$y'],
		['that never allows it', '\u001B[?2026;4$y'],
	])('is not used on a terminal %s', async (_, reply) => {
		const {session} = await startLong();
		expect(session.output).toContain('\u001B[?2026$p');
		session.press(reply ?? '');
		session.press('e');
		await session.waitFor(/width 0\.07/v);
		session.press('q');
		await session.exited;
		expect(session.output).not.toContain(begin);
	});

	it('wraps every frame once the terminal has answered, and is closed in the end', async () => {
		const {session} = await startLong();
		session.press(answer);
		await session.waitFor(() => session.output.includes(begin));
		const since = session.output.indexOf(begin);
		await session.waitFor(() => session.output.split(begin).length > 6);
		session.press('q');
		await session.exited;
		const sent = session.output.slice(since);
		const inside = [...sent.matchAll(/\u001B\[\?2026h(?<frame>[\s\S]*?)\u001B\[\?2026l/gv)].map(({groups}) => groups!['frame']!);
		expect(inside.length).toBeGreaterThan(5);
		expect(inside.filter(frame => countErases(frame) > 0)).toEqual([]);
		// No frame outside.
		const left = sent.replaceAll(/\u001B\[\?2026h[\s\S]*?\u001B\[\?2026l/gv, '');
		expect(left.slice(0, left.indexOf('\u001B[?1049l'))).not.toMatch(/\u001B\[\d+;\d+H/v);
		expect(sent.lastIndexOf(end)).toBeGreaterThan(sent.lastIndexOf(begin));
	});

	// Two pieces that a busy machine brings late are two keys, and rightly so: then it is tried again.
	it('is not taken for keys when the answer comes in two pieces, wherever it is cut', {retry: 2}, async () => {
		const {session} = openScreen(['--epochs', '20']);
		await session.waitFor(/FINISHED/v);
		// The announcement of a switch gives the footer back to the keys after a while.
		await session.waitFor(/q quit/v);
		await settled(session);
		const before = session.text();
		const taken: string[] = [];
		for (let cut = 1; cut < answer.length; cut++) {
			session.press(answer.slice(0, cut));
			// Two reads, as over a network. Esc by itself is a key, and cannot wait for long; nothing that begins with ESC [ ? is one.
			await sleep(cut < 3 ? 5 : 100);
			session.press(answer.slice(cut));
			const {length} = session.output;
			session.press('\u000C');
			await session.waitFor(() => countErases(session.output.slice(length)) > 0);
			await settled(session);
			if (session.text() !== before) {
				taken.push(JSON.stringify(answer.slice(0, cut)));
				session.press('\u001B');
				await session.waitFor(() => session.text() !== before);
				break;
			}
		}

		expect(taken).toEqual([]);
	});
});

describe.skipIf(!hasPython)('a link (needs python3)', () => {
	it('that stalls for ten seconds costs no memory and no training, and the next frame is right', async () => {
		const link = createLink();
		const {session, run} = await startLong({connect: link.connect, columns: 200, rows: 50});
		const memory = () => Number(/VmRSS:\s+(?<kilobytes>\d+)/v.exec(readFileSync(`/proc/${session.pid}/status`, 'utf8'))!.groups!['kilobytes']);
		await session.waitFor(/epoch (?:[2-9]\d|[1-9][\d,]{2,})\b/v);
		link.setRate(0);
		// The system keeps some frames for the terminal; once its room is full, the viewer waits in a write and does nothing else.
		await unmoved('the viewer waits for its terminal', () => processorTime(session.pid), 700);
		const [sent, epochs, before] = [session.output.length, run.lines().length, memory()];
		await sleep(4500);
		const middle = run.lines().length;
		await sleep(4500);
		expect(session.output.length).toBe(sent);
		expect(middle).toBeGreaterThan(epochs + 2);
		expect(run.lines().length).toBeGreaterThan(middle + 2);
		expect(memory() - before).toBeLessThan(1000);

		link.setRate(-1);
		await session.waitFor(() => session.output.length > sent);
		session.press('p');
		await session.waitFor(/PAUSED/v);
		const measured = run.events().findLast(event => event.type === 'epoch')!;
		await session.waitFor(new RegExp(String.raw`epoch ${measured.epoch.toLocaleString('en-US')}/`, 'v'));
		await expectRepaintChangesNothing(session);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	});

	it('that is slow gets fewer frames, and the footer says so for as long as it is', async () => {
		const link = createLink();
		const {session} = await startLong({connect: link.connect});
		link.setRate(2000);
		// What the system keeps for a terminal is full after a few whole frames.
		session.press('\u000C');
		await sleep(300);
		session.press('\u000C');
		await session.waitFor(/slow link: [\d.]+ frames? a second/v, 30_000);
		const rate = Number(/slow link: (?<rate>[\d.]+)/v.exec(session.text())!.groups!['rate']);
		expect(rate).toBeLessThanOrEqual(5);
		expect(rate).toBeGreaterThanOrEqual(1);
		link.setRate(-1);
		await session.waitFor(() => !session.text().includes('slow link'), 25_000);
	});

	it('that was slow is not called so for ever where the training is paused', async () => {
		const link = createLink();
		const {session} = await startLong({connect: link.connect});
		link.setRate(0);
		await sleep(4000);
		session.press('p');
		link.setRate(-1);
		await session.waitFor(/PAUSED/v);
		await session.waitFor(() => !session.text().includes('slow link'), 10_000);
		await expectRepaintChangesNothing(session);
	});
});
