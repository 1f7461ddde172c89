import process from 'node:process';
import chalk from 'chalk';
import {type Instance, render} from 'ink';
import {chooseGlyphs, type GlyphName} from '../chart/glyphs.js';
import {reason, UserError} from '../errors.js';
import {type History} from '../history/reduce.js';
import {type HistoryStore} from '../history/store.js';
import {type Recorded} from '../run/reader.js';
import {App} from './app.js';
import {colorLevel} from './color-level.js';
import {createFrameClock} from './frame-clock.js';
import {type Action} from './keys.js';
import {listen} from './lifecycle.js';
import {Compositor, type Painting} from './screen/compositor.js';
import {filterInput} from './screen/input.js';
import {Terminal} from './screen/terminal.js';
import {type View} from './state.js';

export type ScreenOptions = {
	readonly store: HistoryStore;
	readonly events: (signal: AbortSignal) => AsyncIterable<Recorded>;
	/** Stops the training, and waits until it has; at once when called again. */
	readonly stop: (by: string) => Promise<void>;
	readonly requestPause: (isPaused: boolean) => void;
	/** Saves the screen and the history; returns what to say. */
	readonly snapshot: (screen: readonly string[], history: History) => string;
	readonly trainerGone: () => Promise<unknown>;
	readonly glyphs: GlyphName | 'auto';
	readonly framesPerSecond: number;
	readonly color: boolean | undefined;
};

/** Why the screen is gone. */
export type Departure
	= | {readonly kind: 'left'; readonly exitCode: number}
		| {readonly kind: 'hangup'}
		| {readonly kind: 'error'; readonly error: unknown};

/**
Shows a run until the user leaves, the trainer dies, or a signal comes. The terminal is given back before this returns, on every way
out; signals are listened to before the terminal is touched.
*/
export async function showScreen(options: ScreenOptions): Promise<Departure> {
	const {store} = options;
	const terminal = new Terminal(process.stdout, colorLevel(process.env, true, options.color));
	// Ink's own colours are only an intermediate form here, read back by the compositor; the terminal's level is applied after that.
	chalk.level = 2;
	const frames = createFrameClock(() => terminal.show(compositor.compose(terminal.size)), options.framesPerSecond, () => {
		redraw();
	});
	const compositor = new Compositor(() => terminal.size, frames.request);
	const paint = (painting: Painting) => {
		compositor.paint(painting);
	};

	const departure = promiseWithResolvers<Departure>();
	const fail = (error: unknown) => {
		departure.resolve({kind: 'error', error});
	};

	const reading = new AbortController();
	let followed: Promise<void> = Promise.resolve();
	let isLeaving = false;
	let ink: Instance | undefined;
	const redraw = () => {
		ink?.rerender(element());
	};

	// The reader has its last look when the trainer is gone, so that the end is known when the screen goes.
	const leave = (by: string, exitCode: number) => {
		isLeaving = true;
		redraw();
		options.stop(by).then(async () => followed).then(() => {
			departure.resolve({kind: 'left', exitCode});
		}, fail);
	};

	const requestPause = pauseToggle(options);
	const onAction = (action: Action, view: View): string | undefined => {
		switch (action) {
			case 'quit': {
				leave('q in the viewer', 0);
				return undefined;
			}

			case 'interrupt': {
				leave('Ctrl-C in the viewer', 130);
				return undefined;
			}

			case 'repaint': {
				repaint();
				return undefined;
			}

			case 'suspend': {
				suspend(terminal);
				return undefined;
			}

			case 'pause': {
				return attempt(requestPause);
			}

			case 'snapshot': {
				return attempt(() => options.snapshot(compositor.compose(terminal.size).toLines(), view.frozen ?? store.get()));
			}

			default: {
				return undefined;
			}
		}
	};

	const glyphsOf = (name: GlyphName | undefined) => chooseGlyphs(process.env, name ?? options.glyphs);
	const element = () => (
		<App
			history={store.get()}
			size={terminal.size}
			glyphsOf={glyphsOf}
			alert={isLeaving ? 'stopping the training… (once more: at once)' : slowSentence(frames.slowRate())}
			onPlots={paint}
			onAction={onAction}
		/>
	);
	const repaint = () => {
		terminal.forget();
		redraw();
		frames.request();
	};

	const input = filterInput(process.stdin, answer => {
		terminal.learn(answer);
	});
	const stopListening = listen({
		repaint,
		comeBack() {
			process.stdin.setRawMode(true);
			terminal.enter();
			repaint();
		},
		signal(name) {
			leave(name, name === 'SIGINT' ? 130 : 143);
		},
		hangup() {
			departure.resolve({kind: 'hangup'});
		},
		error: fail,
	});
	const unsubscribe = store.subscribe(redraw);
	try {
		terminal.enter(canSynchronise(process.env));
		ink = render(element(), {
			stdout: compositor.sink, stdin: input.stream, debug: true, patchConsole: false, exitOnCtrlC: false,
		});
		ink.waitUntilExit().catch(fail);
		followed = follow(options, reading.signal, departure.resolve);
		return await departure.promise;
	} finally {
		reading.abort();
		frames.stop();
		unsubscribe();
		ink?.unmount();
		input.close();
		terminal.leave();
		stopListening();
	}
}

/** tmux 3.7b and c send the whole pane again for a synchronised frame. */
const canSynchronise = ({TERM_PROGRAM: program, TERM_PROGRAM_VERSION: version = ''}: NodeJS.ProcessEnv): boolean =>
	!(program === 'tmux' && /^3\.7[bc]/v.test(version));

const slowSentence = (rate: number | undefined): string | undefined =>
	rate === undefined ? undefined : `slow link: ${rate.toFixed(rate < 2 ? 1 : 0)} frames a second`;

/** Ctrl-Z: the terminal goes back to the shell, and this process group sleeps; the trainer has a group of its own. */
function suspend(terminal: Terminal): void {
	terminal.leave();
	process.stdin.setRawMode(false);
	process.kill(0, 'SIGTSTP');
}

/** Feeds the store. A run that ended stays on the screen until the user leaves; a trainer that died or failed does not. */
async function follow({store, events, trainerGone}: ScreenOptions, signal: AbortSignal, leave: (departure: Departure) => void): Promise<void> {
	try {
		await store.consume(events(signal));
		const {end} = store.get();
		if (!signal.aborted && (!end || end.reason === 'failed')) {
			await trainerGone();
			leave({kind: 'left', exitCode: 1});
		}
	} catch (error) {
		leave({kind: 'error', error});
	}
}

/** Asks for the opposite of what was asked for last, whether or not the trainer has answered yet. */
function pauseToggle({store, requestPause}: ScreenOptions): () => string | undefined {
	let asked: boolean | undefined;
	return () => {
		const {isPaused, end} = store.get();
		if (end) {
			return 'the training has ended';
		}

		asked = asked === undefined || asked === isPaused ? !isPaused : !asked;
		requestPause(asked);
		return undefined;
	};
}

/** Says what went wrong instead of throwing. */
function attempt(work: () => string | undefined): string | undefined {
	try {
		return work();
	} catch (error) {
		return error instanceof UserError ? error.message : reason(error);
	}
}

function promiseWithResolvers<Value>() {
	let resolve!: (value: Value) => void;
	const promise = new Promise<Value>(done => {
		resolve = done;
	});
	return {promise, resolve};
}
