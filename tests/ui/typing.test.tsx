import {render} from 'ink-testing-library';
import {
	afterEach, beforeEach, describe, expect, it, vi,
} from 'vitest';
import {type GlyphName, glyphSets} from '../../source/chart/glyphs.js';
import {type History} from '../../source/history/reduce.js';
import {App} from '../../source/ui/app.js';
import {type Action} from '../../source/ui/keys.js';
import {type Painting} from '../../source/ui/screen/compositor.js';
import {exampleHistory} from '../helpers/example.js';

const quiet: History = {...exampleHistory(), announcement: undefined};
const size = {columns: 100, rows: 30};

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});

afterEach(() => {
	vi.useRealTimers();
});

/** Everything that waits for its turn, React's work included. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) {
		await new Promise<void>(resolve => {
			setImmediate(resolve);
		});
		vi.advanceTimersByTime(50);
	}
}

/** The screen, with a keyboard; what it paints, and what it asks for. */
async function open(history = quiet, said?: string, suited: GlyphName = 'braille') {
	let painting: Painting | undefined;
	const actions: Action[] = [];
	const element = (shown: History) => (
		<App
			history={shown}
			size={size}
			glyphsOf={name => glyphSets[name ?? suited]}
			onPlots={next => {
				painting = next;
			}}
			onAction={action => {
				actions.push(action);
				return said;
			}}
		/>
	);
	const ink = render(element(history));
	await settle();
	return {
		actions,
		frame: () => ink.lastFrame() ?? '',
		charts: () => painting!.plots.map(({grid}) => grid.toLines().join('\n')).join('\n'),
		glyphs: () => painting!.glyphs.name,
		async press(...chunks: string[]) {
			for (const chunk of chunks) {
				ink.stdin.write(chunk);
				await settle();
			}
		},
		async show(next: History) {
			ink.rerender(element(next));
			await settle();
		},
		close() {
			ink.unmount();
		},
	};
}

const arrow = {
	left: '\u001B[D', right: '\u001B[C', up: '\u001B[A', down: '\u001B[B',
};

describe('what is typed', () => {
	it.each<readonly [string, string, Action]>([
		['q', 'q', 'quit'],
		['ctrl-c', '\u0003', 'interrupt'],
		['ctrl-l', '\u000C', 'repaint'],
		['ctrl-z', '\u001A', 'suspend'],
		['space', ' ', 'freeze'],
		['tab', '\t', 'page'],
		['enter', '\r', 'cursor'],
		['end', '\u001B[F', 'live'],
		['end, as other terminals send it', '\u001B[4~', 'live'],
		['end, in application mode', '\u001BOF', 'live'],
		['an arrow', arrow.up, {move: [0, 1]}],
		['an arrow in application mode', '\u001BOB', {move: [0, -1]}],
		['escape', '\u001B', 'back'],
		['a digit', '3', {toggleLayer: 3}],
	])('%s is an action', async (_, typed, action) => {
		const screen = await open();
		await screen.press(typed);
		expect(screen.actions).toEqual([action]);
		screen.close();
	});

	it.each([
		['letters', '++-', ['zoom-in', 'zoom-in', 'zoom-out']],
		['arrows', arrow.left + arrow.left + arrow.up, [{move: [-1, 0]}, {move: [-1, 0]}, {move: [0, 1]}]],
		['a mixture', `+${arrow.right}e`, ['zoom-in', {move: [1, 0]}, 'estimator']],
	])('fast, so that %s arrive together, is as many actions', async (_, typed, actions) => {
		const screen = await open();
		await screen.press(typed);
		expect(screen.actions).toEqual(actions);
		screen.close();
	});

	it('names the point under the cursor, and moves it', async () => {
		const screen = await open();
		await screen.press('\r');
		expect(screen.frame()).toMatch(/layer 6, epoch 869: I\(X;T\) [\d.]+, I\(T;Y\) [\d.]+ bits/v);
		expect(screen.charts()).toMatch(/X(?!;)/v);
		await screen.press(arrow.left, arrow.down);
		expect(screen.frame()).toMatch(/layer 5, epoch 790: /v);
		await screen.press('\u001B');
		expect(screen.frame()).toContain('q quit');
		expect(screen.charts()).not.toMatch(/X(?!;)/v);
		screen.close();
	});

	it('goes back through the epochs, says so, and returns', async () => {
		const screen = await open();
		await screen.press('[', '[');
		expect(screen.frame()).toMatch(/EPOCH 718 of 869, end: live/v);
		expect(screen.frame()).toMatch(/epoch 718\/8,000/v);
		await screen.press('\u001B[F');
		expect(screen.frame()).not.toContain('EPOCH');
		expect(screen.frame()).toMatch(/epoch 869\/8,000/v);
		screen.close();
	});

	it('draws with other glyphs, and hides layers that keep their numbers', async () => {
		const screen = await open();
		await screen.press('g');
		expect(screen.glyphs()).toBe('block');
		await screen.press('g');
		expect(screen.glyphs()).toBe('ascii');
		await screen.press('2');
		expect(screen.charts()).not.toContain('2 mean');
		expect(screen.charts()).toContain('3 mean');
		screen.close();
	});
});

describe('g', () => {
	it.each([['braille', 'block'], ['block', 'ascii'], ['ascii', 'braille']] as const)('goes from %s, which the screen began with, to %s at the first press', async (suited, next) => {
		const screen = await open(quiet, undefined, suited);
		expect(screen.glyphs()).toBe(suited);
		await screen.press('g');
		expect(screen.glyphs()).toBe(next);
		screen.close();
	});
});

describe('the footer', () => {
	it('announces a switch when it happens, for five seconds, then shows the keys again', async () => {
		const screen = await open();
		expect(screen.frame()).toContain('q quit');
		await screen.show({...quiet, announcement: 'layer 5: drift → diffusion at epoch 171'});
		expect(screen.frame()).toContain('layer 5: drift → diffusion at epoch 171');
		vi.advanceTimersByTime(5000);
		await settle();
		expect(screen.frame()).toContain('q quit');
		await screen.show({...quiet, announcement: 'layer 4: drift → diffusion at epoch 200'});
		expect(screen.frame()).toContain('layer 4: drift → diffusion at epoch 200');
		screen.close();
	});

	it('says what an action had to say, for five seconds', async () => {
		const screen = await open(quiet, 'saved it');
		await screen.press('s');
		expect(screen.frame()).toContain('saved it');
		vi.advanceTimersByTime(5000);
		await settle();
		expect(screen.frame()).not.toContain('saved it');
		screen.close();
	});
});
