import process from 'node:process';
import chalk from 'chalk';
import {render} from 'ink';
import {chooseGlyphs} from '../chart/glyphs.js';
import {reason, UserError} from '../errors.js';
import {type History} from '../history/reduce.js';
import {type HistoryStore} from '../history/store.js';
import {type Recorded} from '../run/reader.js';
import {App} from './app.js';
import {colorLevel} from './color-level.js';
import {type Action} from './keys.js';
import {Compositor, type Plot} from './screen/compositor.js';
import {Terminal} from './screen/terminal.js';
import {type View} from './state.js';

export type ScreenOptions = {
	readonly store: HistoryStore;
	readonly events: () => AsyncIterable<Recorded>;
	/** Stops the training, and waits until it has. */
	readonly stop: (by: string) => Promise<void>;
	readonly togglePause: (isPaused: boolean) => void;
	/** Saves the screen and the history; returns what to say. */
	readonly snapshot: (screen: readonly string[], history: History) => string;
	readonly trainerExited: Promise<unknown>;
};

/** Why the screen is gone. */
export type Departure
	= | {readonly kind: 'left'; readonly exitCode: number}
		| {readonly kind: 'hangup'}
		| {readonly kind: 'error'; readonly error: unknown};

/** Milliseconds between frames. */
const frameInterval = 100;

/** Shows a run until the user leaves, the trainer dies, or a signal comes. The terminal is given back before this returns. */
export async function showScreen(options: ScreenOptions): Promise<Departure> {
	const {store} = options;
	const glyphs = chooseGlyphs(process.env);
	const terminal = new Terminal(process.stdout, colorLevel(process.env, true));
	// Ink's own colours are only an intermediate form here, read back by the compositor; the terminal's level is applied after that.
	chalk.level = 2;
	const frames = frameClock(() => {
		terminal.show(compositor.compose(terminal.size));
	});
	const compositor = new Compositor(glyphs, () => terminal.size, frames.request);
	const setPlots = (plots: readonly Plot[]) => {
		compositor.setPlots(plots);
	};

	const departure = promiseWithResolvers<Departure>();
	const leave = (by: string, exitCode: number) => {
		options.stop(by).then(
			() => {
				departure.resolve({kind: 'left', exitCode});
			},
			(error: unknown) => {
				departure.resolve({kind: 'error', error});
			},
		);
	};

	const onAction = (action: Action, view: View): string | undefined => {
		const shown = view.frozen ?? store.get();
		switch (action) {
			case 'quit': {
				leave('q in the viewer', 0);
				return 'stopping…';
			}

			case 'interrupt': {
				leave('Ctrl-C in the viewer', 130);
				return 'stopping…';
			}

			case 'pause': {
				const {isPaused, end} = store.get();
				return end
					? 'the training has ended'
					: attempt(() => {
						options.togglePause(isPaused);
					});
			}

			case 'snapshot': {
				return attempt(() => options.snapshot(compositor.compose(terminal.size).toLines(), shown));
			}

			default: {
				return undefined;
			}
		}
	};

	const element = () => <App history={store.get()} size={terminal.size} glyphs={glyphs} onPlots={setPlots} onAction={onAction}/>;
	terminal.enter();
	const ink = render(element(), {
		stdout: compositor.sink, stdin: process.stdin, debug: true, patchConsole: false, exitOnCtrlC: false,
	});
	const redraw = () => {
		ink.rerender(element());
	};

	const stopListening = listen({
		resize() {
			terminal.forget();
			redraw();
			frames.request();
		},
		signal(name) {
			if (name === 'SIGHUP') {
				departure.resolve({kind: 'hangup'});
			} else {
				leave(name, name === 'SIGINT' ? 130 : 143);
			}
		},
		error(error) {
			departure.resolve({kind: 'error', error});
		},
	});
	const unsubscribe = store.subscribe(redraw);
	void follow(options, departure.resolve);
	void ink.waitUntilExit().then(
		() => undefined,
		(error: unknown) => {
			departure.resolve({kind: 'error', error});
		},
	);
	const result = await departure.promise;
	unsubscribe();
	stopListening();
	frames.stop();
	ink.unmount();
	terminal.leave();
	return result;
}

/** Feeds the store. A run that ended stays on the screen until the user leaves; a trainer that died or failed does not. */
async function follow({store, events, trainerExited}: ScreenOptions, leave: (departure: Departure) => void): Promise<void> {
	try {
		await store.consume(events());
		const {end} = store.get();
		if (!end || end.reason === 'failed') {
			await trainerExited;
			leave({kind: 'left', exitCode: 1});
		}
	} catch (error) {
		leave({kind: 'error', error});
	}
}

/** Says what went wrong instead of throwing. */
function attempt(work: () => string | void): string | undefined {
	try {
		return work() ?? undefined;
	} catch (error) {
		return error instanceof UserError ? error.message : reason(error);
	}
}

/** Draws when asked to, at once if the last frame is long enough ago, and never more often than the interval. */
function frameClock(draw: () => void) {
	let timer: NodeJS.Timeout | undefined;
	let last = -Infinity;
	return {
		request() {
			timer ??= setTimeout(() => {
				timer = undefined;
				last = performance.now();
				draw();
			}, Math.max(0, frameInterval - (performance.now() - last)));
		},
		stop() {
			clearTimeout(timer);
		},
	};
}

type Listeners = {
	readonly resize: () => void;
	readonly signal: (name: NodeJS.Signals) => void;
	readonly error: (error: unknown) => void;
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens to the terminal and the system; returns how to stop that. */
function listen({resize, signal, error}: Listeners): () => void {
	process.stdout.on('resize', resize);
	process.stdout.on('error', error);
	process.on('SIGCONT', resize);
	process.on('uncaughtException', error);
	for (const name of signals) {
		process.on(name, signal);
	}

	return () => {
		process.stdout.off('resize', resize);
		process.off('SIGCONT', resize);
		process.off('uncaughtException', error);
		for (const name of signals) {
			process.off(name, signal);
		}
	};
}

function promiseWithResolvers<Value>() {
	let resolve!: (value: Value) => void;
	const promise = new Promise<Value>(done => {
		resolve = done;
	});
	return {promise, resolve};
}
