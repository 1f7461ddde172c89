/** Looking closer: zoom, cursor, the past, the glyphs; and the moment of the switch. */
import {
	describe, expect, it, vi,
} from 'vitest';
import {type Cell, openScreen, type Session} from '../helpers/terminal.js';
import {type RunFiles} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

const arrow = {
	up: '\u001B[A', down: '\u001B[B', right: '\u001B[C', left: '\u001B[D',
};
const end = '\u001B[F';

/** A run that is over, so that nothing moves by itself but the footer. */
async function startFinished(epochs = 60): Promise<{session: Session; run: RunFiles}> {
	const opened = openScreen(['--epochs', String(epochs)]);
	await opened.session.waitFor(/FINISHED/v);
	return opened;
}

const picture = (session: Session) => session.lines().slice(0, -1).join('\n');
const footer = (session: Session) => session.lines().at(-1)!;
const axes = (session: Session) => [session.lines()[21]!.slice(1, 49), ...session.lines().slice(3, 21).map(line => line.slice(1, 4).trim())].join(' ').match(/\d*\.\d+|\d+/gv)!.map(Number);
const planeCells = (session: Session): Cell[] => session.cells().slice(3, 21).flatMap(row => row.slice(5, 49));
const epochEvents = (run: RunFiles) => run.events().filter(event => event.type === 'epoch');

async function pressUntil(session: Session, key: string, condition: RegExp | (() => boolean)): Promise<void> {
	session.press(key);
	await session.waitFor(condition, 5000);
}

/** What changed after a key: the value that `look` has once it is another. */
async function changed<Value>(session: Session, key: string, look: () => Value): Promise<Value> {
	const before = JSON.stringify(look());
	await pressUntil(session, key, () => JSON.stringify(look()) !== before);
	return look();
}

describe('the plane', () => {
	it('is looked at more closely with +, moved with the arrows, and seen whole again with 0', async () => {
		const {session} = await startFinished();
		const whole = axes(session);
		const wholeScreen = picture(session);
		expect([Math.min(...whole), Math.max(...whole)]).toEqual([0, 12]);

		const closer = await changed(session, '+', () => axes(session));
		// Half of each axis, around the middle: 3 to 9 bits of 12.
		const horizontal = (numbers: number[]) => numbers.filter(value => value > 1);
		expect(Math.min(...horizontal(closer))).toBeGreaterThanOrEqual(3);
		expect(Math.max(...closer)).toBeLessThanOrEqual(9);

		const right = await changed(session, arrow.right, () => axes(session));
		expect(Math.max(...right)).toBeGreaterThan(Math.max(...closer));
		const left = await changed(session, arrow.left, () => axes(session));
		expect(left).toEqual(closer);
		const up = await changed(session, arrow.up, () => axes(session));
		expect(up).not.toEqual(closer);
		await pressUntil(session, arrow.down, () => JSON.stringify(axes(session)) === JSON.stringify(closer));

		await pressUntil(session, '-', () => picture(session) === wholeScreen);
		await changed(session, '++', () => axes(session));
		await pressUntil(session, '0', () => picture(session) === wholeScreen);
	});

	it('cannot be left by zooming and moving as far as one likes', async () => {
		const {session} = await startFinished();
		const whole = picture(session);
		session.press('+'.repeat(30) + arrow.right.repeat(60) + arrow.up.repeat(60));
		await session.waitFor(() => picture(session) !== whole);
		await pressUntil(session, '-'.repeat(40), () => picture(session) === whole);
	});

	it('has a cursor that names a point with the numbers of the events, and marks its epoch in the sparklines', async () => {
		const {session, run} = await startFinished();
		const epochs = epochEvents(run);
		const sentence = (layer: number, index: number) => {
			const {epoch, layers} = epochs.at(index)!;
			const {x, y} = layers[layer - 1]!.information['bins']!;
			return `layer ${layer}, epoch ${epoch}: I(X;T) ${x.toFixed(3)}, I(T;Y) ${y.toFixed(3)} bits`;
		};

		const says = (text: string) => () => footer(session).includes(text);
		await pressUntil(session, '\r', says(sentence(6, -1)));
		expect(planeCells(session).filter(({character, inverse}) => character === 'X' && inverse)).toHaveLength(1);
		await pressUntil(session, arrow.left, says(sentence(6, -2)));
		await pressUntil(session, arrow.left, says(sentence(6, -3)));
		await pressUntil(session, arrow.right, says(sentence(6, -2)));
		await pressUntil(session, arrow.down, says(sentence(5, -2)));
		await pressUntil(session, arrow.down, says(sentence(4, -2)));
		await pressUntil(session, arrow.up, says(sentence(5, -2)));
		// The same epoch in every sparkline: one column.
		const marked = session.cells().slice(3, 22).map(row => row.slice(50, 79).findIndex(({inverse}) => inverse)).filter(column => column >= 0);
		expect(marked).toHaveLength(12);
		expect(new Set(marked).size).toBe(1);
		// No further than the ends.
		await pressUntil(session, arrow.left.repeat(200), says(sentence(5, 0)));
		await pressUntil(session, arrow.right.repeat(200) + arrow.up.repeat(9), says(sentence(6, -1)));
		// The estimator that is shown is the one that is named.
		const {x, y} = epochs.at(-1)!.layers[5]!.information['width:0.07']!;
		await pressUntil(session, 'e', says(`I(X;T) ${x.toFixed(3)}, I(T;Y) ${y.toFixed(3)} bits`));
		await pressUntil(session, '\r', () => !footer(session).includes('I(X;T)'));
	});

	it('keeps the number of a layer while others are hidden', async () => {
		const {session} = await startFinished();
		const digits = () => planeCells(session).filter(({character, bold}) => bold && /\d/v.test(character)).map(({character}) => character).toSorted().join('');
		expect(digits()).toBe('123456');
		await pressUntil(session, '246', () => digits() === '135');
		expect(session.text().match(/│ \d mean/gv)).toEqual(['│ 1 mean', '│ 3 mean', '│ 5 mean']);
		// The last that is shown.
		await pressUntil(session, '\r', /layer 5, epoch 60/v);
		await pressUntil(session, arrow.down, /layer 3, epoch 60/v);
	});

	it('has no cursor where every layer is hidden, and does not mind being asked', async () => {
		const {session} = await startFinished();
		await pressUntil(session, '123456', () => !/│ \d mean/v.test(session.text()));
		session.press(`\r${arrow.left}[]+-0lgc`);
		await pressUntil(session, '?', /─ help ─|- help -/v);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	});
});

describe('the past', () => {
	it('is gone through with [ and ], and left with end', async () => {
		const {session, run} = await startFinished();
		const live = picture(session);
		const epochs = epochEvents(run).map(({epoch}) => epoch);
		for (const index of [-2, -3, -4]) {
			await pressUntil(session, '[', new RegExp(String.raw`epoch ${epochs.at(index)}/60[\s\S]*EPOCH ${epochs.at(index)} of 60`, 'v'));
		}

		expect(session.text()).not.toContain('FINISHED');
		await pressUntil(session, ']', new RegExp(String.raw`EPOCH ${epochs.at(-3)} of 60`, 'v'));
		await pressUntil(session, end, () => picture(session) === live);
		await pressUntil(session, '['.repeat(200), /epoch 0\/60[\s\S]*EPOCH 0 of 60/v);
		// Past the newest lies the live picture again.
		await pressUntil(session, ']'.repeat(epochs.length), () => picture(session) === live);
	});

	it('is the picture as it was, the phases included, and goes on being it while training goes on', async () => {
		const {session, run} = openScreen(['--epochs', '100000']);
		await session.waitFor(/epoch [1-9]\d/v);
		await pressUntil(session, '['.repeat(400), /epoch 0\/100,000/v);
		await pressUntil(session, ']'.repeat(3), /epoch 3\/100,000/v);
		expect(session.text()).toMatch(/ DRIFT$/mv);
		const seen = session.lines().slice(2, 23);
		const {length} = run.lines();
		await session.waitFor(() => run.lines().length > length + 5 && /EPOCH 3 of (?:\d{2,}|[\d,]+),/v.test(session.text()));
		expect(session.lines().slice(2, 23)).toEqual(seen);
	});
});

describe('the charts', () => {
	it('change between log and linear epochs with l', async () => {
		const {session} = await startFinished(300);
		const logarithmic = picture(session);
		const sparks = () => session.lines().slice(3, 15).map(line => line.slice(57, 75)).join('\n');
		await changed(session, 'l', sparks);
		await pressUntil(session, 'l', () => picture(session) === logarithmic);
	});

	it('are drawn with blocks, with ASCII and with braille again by g', async () => {
		const {session} = await startFinished();
		const braille = picture(session);
		expect(braille).toMatch(/[\u2801-\u28FF]/v);
		await pressUntil(session, 'g', /[▘▝▖▗▞▚▛▜▙▟]/v);
		expect(session.text()).not.toMatch(/[\u2801-\u28FF]/v);
		await pressUntil(session, 'g', () => /^[ -~\n]*$/v.test(session.text()));
		for (const page of [/M\/S of each layer/v, /training loss/v, /information plane/v]) {
			await pressUntil(session, '\t', page);
			expect(session.text()).toMatch(/^[ -~\n]*$/v);
		}

		await pressUntil(session, '?', /- help -/v);
		expect(session.text()).toMatch(/^[ -~\n]*$/v);
		await pressUntil(session, '?', /information plane/v);
		await pressUntil(session, 'g', () => picture(session) === braille);
	});
});

describe('the moment of the switch', () => {
	it('is told in the footer when it happens, and the phase in the header changes', async () => {
		// So slowly that the drift can be seen.
		const {session, run} = openScreen(['--epochs', '1000000', '--learning-rate', '0.000004']);
		await session.waitFor(/ DRIFT$/mv);
		await session.waitFor(/layer \d: drift → diffusion at epoch \d+/v, 60_000);
		const {layer, epoch} = /layer (?<layer>\d): drift → diffusion at epoch (?<epoch>\d+)/v.exec(footer(session))!.groups!;
		const told = run.events().filter(event => event.type === 'phase' && event.event === 'diffusion');
		expect(told).toContainEqual({
			type: 'phase', event: 'diffusion', layer: Number(layer), epoch: Number(epoch),
		});
		await session.waitFor(/SWITCHING \([1-6] of 6\)/v);
	});

	it('is a ring on the trail, a mark in both sparklines and an epoch in words, for each layer that has switched', async () => {
		const {session, run} = await startFinished(400);
		const switches = new Map<number, number | null>();
		for (const event of run.events()) {
			if (event.type === 'phase' && event.event === 'diffusion') {
				switches.set(event.layer, event.epoch);
			}
		}

		const switched = [...switches].filter((entry): entry is [number, number] => entry[1] !== null);
		expect(switched.length).toBeGreaterThan(0);
		const rows = session.lines();
		for (const layer of [1, 2, 3, 4, 5, 6]) {
			const at = rows.findIndex(line => line.includes(`│ ${layer} mean `));
			const marks = [rows[at]!, rows[at + 1]!].map(line => line.slice(50).split('┊').length - 1);
			expect(marks, `layer ${layer}`).toEqual(switches.get(layer) ? [1, 1] : [0, 0]);
		}

		for (const [layer, epoch] of switched) {
			expect(session.text()).toMatch(new RegExp(String.raw`drift → diffusion, epoch[\s\S]*\b${layer}:${epoch}\b[\s\S]*compression`, 'v'));
		}

		const rings = () => planeCells(session).filter(({character, bold}) => character === 'o' && bold).length;
		expect(rings()).toBeGreaterThan(0);
		expect(rings()).toBeLessThanOrEqual(switched.length);
		// Hidden with its layer, all of it.
		session.press(switched.map(([layer]) => String(layer)).join(''));
		await session.waitFor(() => rings() === 0 && !picture(session).includes('┊'));
	});
});
