import process from 'node:process';
import chalk from 'chalk';
import {type Instance, render} from 'ink';
import {type ReactElement} from 'react';
import {chooseGlyphs, type GlyphName, type Glyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {colorLevel} from './color-level.js';
import {createFrameClock} from './frame-clock.js';
import {listen} from './lifecycle.js';
import {Compositor, type Painting} from './screen/compositor.js';
import {filterInput} from './screen/input.js';
import {type Size, Terminal} from './screen/terminal.js';

/** How pictures look, and how often they may come. */
export type StageLook = {
	readonly glyphs: GlyphName | 'auto';
	readonly framesPerSecond: number;
	/** Undefined: as the environment says. */
	readonly color: boolean | undefined;
	/** Where keys come from, if standard input is something else. */
	readonly keyboard?: NodeJS.ReadStream | undefined;
};

/** Why the screen is gone. */
export type Departure
	= | {readonly kind: 'left'; readonly exitCode: number; readonly isTrainingOn?: true}
		| {readonly kind: 'hangup'}
		| {readonly kind: 'error'; readonly error: unknown};

/** What every picture understands. */
export type CommonAction = 'quit' | 'interrupt' | 'repaint' | 'suspend';

/** The terminal, for whatever is shown on it. */
export type Stage = {
	readonly size: () => Size;
	/** The glyphs of a name; what suits the terminal without one. */
	readonly glyphsOf: (name: GlyphName | undefined) => Glyphs;
	/** Paints what Ink does not draw. */
	readonly paint: (painting: Painting) => void;
	/** Has the picture made anew; it is drawn when its time has come. */
	readonly redraw: () => void;
	readonly obey: (action: CommonAction) => void;
	/** That the link is slow, while it is. */
	readonly slowSentence: () => string | undefined;
	/** The screen as it is now. */
	readonly grid: () => Grid;
	readonly depart: (departure: Departure) => void;
};

/** What is shown on a stage. */
export type Play = {
	readonly element: () => ReactElement;
	/** The user, or a signal, wants to leave: sooner or later the stage has to be told to depart. */
	readonly leave: (by: string, exitCode: number) => void;
	/** Begins what the picture lives on, once it can be seen; returns how to stop that. */
	readonly begin: () => () => void;
};

/**
Takes the terminal over for a play until it departs. The terminal is given back before this returns, on every way out; signals are
listened to before the terminal is touched.
*/
export async function takeStage(look: StageLook, playOn: (stage: Stage) => Play): Promise<Departure> {
	const keyboard = look.keyboard ?? process.stdin;
	const terminal = new Terminal(process.stdout, colorLevel(process.env, true, look.color));
	// Ink's own colours are only an intermediate form here, read back by the compositor; the terminal's level is applied after that.
	chalk.level = 2;
	const frames = createFrameClock(() => terminal.show(compositor.compose(terminal.size)), look.framesPerSecond, () => {
		redraw();
	});
	const compositor = new Compositor(() => terminal.size, frames.request);
	const departure = promiseWithResolvers<Departure>();
	const fail = (error: unknown) => {
		departure.resolve({kind: 'error', error});
	};

	let ink: Instance | undefined;
	const redraw = () => {
		ink?.rerender(play.element());
	};

	const repaint = () => {
		terminal.forget();
		redraw();
		frames.request();
	};

	const common: Readonly<Record<CommonAction, () => void>> = {
		quit() {
			play.leave('q in the viewer', 0);
		},
		interrupt() {
			play.leave('Ctrl-C in the viewer', 130);
		},
		repaint,
		suspend() {
			suspend(terminal, keyboard);
		},
	};

	const play = playOn({
		size: () => terminal.size,
		glyphsOf: name => chooseGlyphs(process.env, name ?? look.glyphs),
		paint(painting) {
			compositor.paint(painting);
		},
		redraw,
		obey(action) {
			common[action]();
		},
		slowSentence: () => slowSentence(frames.slowRate()),
		grid: () => compositor.compose(terminal.size),
		depart: departure.resolve,
	});

	const input = filterInput(keyboard, answer => {
		terminal.learn(answer);
	});
	const stopListening = listen({
		repaint,
		comeBack() {
			keyboard.setRawMode(true);
			terminal.enter();
			repaint();
		},
		signal(name) {
			play.leave(name, name === 'SIGINT' ? 130 : 143);
		},
		hangup() {
			departure.resolve({kind: 'hangup'});
		},
		error: fail,
	}, keyboard);
	let end: (() => void) | undefined;
	try {
		terminal.enter(canSynchronise(process.env));
		ink = render(play.element(), {
			stdout: compositor.sink, stdin: input.stream, debug: true, patchConsole: false, exitOnCtrlC: false,
		});
		ink.waitUntilExit().catch(fail);
		end = play.begin();
		return await departure.promise;
	} finally {
		end?.();
		frames.stop();
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
function suspend(terminal: Terminal, keyboard: NodeJS.ReadStream): void {
	terminal.leave();
	keyboard.setRawMode(false);
	process.kill(0, 'SIGTSTP');
}

function promiseWithResolvers<Value>() {
	let resolve!: (value: Value) => void;
	const promise = new Promise<Value>(done => {
		resolve = done;
	});
	return {promise, resolve};
}
