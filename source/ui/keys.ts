/** What a key does; some carry along which layer, or which way (to the right, up). */
export type Action
	= | 'quit' | 'detach' | 'checkpoint' | 'interrupt' | 'freeze' | 'pause' | 'snapshot' | 'estimator' | 'repeat' | 'color' | 'page' | 'help' | 'back' | 'hide'
		| 'zoom-in' | 'zoom-out' | 'zoom-reset' | 'cursor' | 'earlier' | 'later' | 'live' | 'epoch-scale' | 'glyphs' | 'repaint' | 'suspend'
		| {readonly toggleLayer: number}
		| {readonly move: readonly [right: number, up: number]};

/** What footer and help say of a key. */
export type KeyText = {
	/** As help, footer and README show it. */
	readonly label: string;
	/** One word for the footer; keys without one are in the help only. */
	readonly short?: string;
	/** For the help, where there is little room. */
	readonly brief: string;
};

type Key = KeyText & {
	/** For the README. */
	readonly description: string;
	/** What the terminal sends. */
	readonly inputs: readonly string[];
	readonly action: (input: string) => Action;
};

const zooms: Readonly<Record<string, Action>> = {
	'+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', 0: 'zoom-reset',
};

const arrows: Readonly<Record<string, readonly [right: number, up: number]>> = {
	'\u001B[A': [0, 1], '\u001B[B': [0, -1], '\u001B[C': [1, 0], '\u001B[D': [-1, 0],
};

/** Every key, once: handling, footer, help and README come from here. In the order of the footer. */
export const keys: readonly Key[] = [
	{
		label: 'q', brief: 'quit, training stops', short: 'quit', description: 'quit: training stops at a checkpoint, from which `ibtop resume` goes on', inputs: ['q'], action: () => 'quit',
	},
	{
		label: 'd', brief: 'detach, training goes on', short: 'detach', description: 'detach: training goes on, and `ibtop watch` brings it back', inputs: ['d'], action: () => 'detach',
	},
	{
		label: 'space', brief: 'freeze or thaw the picture', short: 'freeze', description: 'freeze the picture, or let it go on; training goes on in any case', inputs: [' '], action: () => 'freeze',
	},
	{
		label: 'p', brief: 'pause or resume training', short: 'pause', description: 'pause training, or resume it', inputs: ['p'], action: () => 'pause',
	},
	{
		label: 's',
		brief: 'save screen, plane and data',
		short: 'snapshot',
		description: 'save the screen as text and picture, the plane as picture, the series as CSV, and everything as JSON',
		inputs: ['s'],
		action: () => 'snapshot',
	},
	{
		label: 'k', brief: 'keep: a checkpoint now', description: 'keep: have a checkpoint written now', inputs: ['k'], action: () => 'checkpoint',
	},
	{
		label: 'e', brief: 'next estimator', short: 'estimator', description: 'show the next estimator', inputs: ['e'], action: () => 'estimator',
	},
	{
		label: '?', brief: 'this help', short: 'help', description: 'show or hide this help', inputs: ['?'], action: () => 'help',
	},
	{
		label: 'tab', brief: 'plane, gradients, loss', short: 'charts', description: 'next page: plane, gradients, loss', inputs: ['\t'], action: () => 'page',
	},
	{
		label: '1-9 h',
		brief: 'hide a layer; h: at cursor',
		description: 'show or hide a layer; h: hide the one under the cursor, or without a cursor show all again',
		inputs: ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'h'],
		action: input => input === 'h' ? 'hide' : {toggleLayer: Number(input)},
	},
	{
		label: 'r', brief: 'next repeat, or medians', description: 'next of the repeats, and after the last their medians again', inputs: ['r'], action: () => 'repeat',
	},
	{
		label: 'c', brief: 'colours by layer or epoch', description: 'colours by layer, or by epoch', inputs: ['c'], action: () => 'color',
	},
	{
		label: '+ - 0', brief: 'zoom in, out, show all', description: 'look closer at the plane, or less close, or at all of it', inputs: ['+', '=', '-', '0'], action: input => zooms[input]!,
	},
	{
		label: 'arrows', brief: 'move the window or cursor', description: 'move over the plane, or move the cursor', inputs: Object.keys(arrows), action: input => ({move: arrows[input]!}),
	},
	{
		label: 'enter', brief: 'cursor on a point', description: 'a cursor that names a point; arrows: along and between trails', inputs: ['\r'], action: () => 'cursor',
	},
	{
		label: '[ ]', brief: 'back and forth in time', description: 'back and forth through the measured epochs', inputs: ['[', ']'], action: input => input === '[' ? 'earlier' : 'later',
	},
	{
		label: 'end', brief: 'back to live', description: 'back to the live picture', inputs: ['\u001B[F'], action: () => 'live',
	},
	{
		label: 'l', brief: 'log or linear epochs', description: 'epochs as measured (log-spaced), or linear', inputs: ['l'], action: () => 'epoch-scale',
	},
	{
		label: 'g', brief: 'braille, blocks or ASCII', description: 'draw with braille, blocks or ASCII', inputs: ['g'], action: () => 'glyphs',
	},
	{
		label: 'esc', brief: 'one step out', description: 'one step out: of the help, the cursor, the past, the zoom, the page', inputs: ['\u001B'], action: () => 'back',
	},
	{
		label: 'ctrl-l', brief: 'draw anew', description: 'draw the screen anew', inputs: ['\u000C'], action: () => 'repaint',
	},
	{
		label: 'ctrl-z', brief: 'to the shell; fg comes back', description: 'to the shell and, with fg, back; training goes on', inputs: ['\u001A'], action: () => 'suspend',
	},
	{
		label: 'ctrl-c', brief: 'quit with exit code 130', description: 'quit, with exit code 130', inputs: ['\u0003'], action: () => 'interrupt',
	},
];

/** The keys of a viewer that did not start the run: it leaves, and harms nothing. */
export const viewerKeys: readonly KeyText[] = keys.map(key => {
	switch (key.label) {
		case 'q': {
			return {...key, short: 'leave', brief: 'leave, training goes on'};
		}

		case 'd': {
			return {label: key.label, brief: 'leave, as q'};
		}

		default: {
			return key;
		}
	}
});

/** The keys of whoever started to read what others train: their training goes on in any case. */
export const readerKeys: readonly KeyText[] = keys.map(key => ({...key, brief: key.brief.replace('training', 'reading')}));

const replayTexts: Readonly<Record<string, Partial<KeyText>>> = {q: {short: 'leave', brief: 'leave'}, p: {brief: 'pause or resume the replay'}};

/** The keys of a replay: there is no training to leave alone, nor to keep. */
export const replayKeys: readonly KeyText[] = keys.filter(({label}) => label !== 'd' && label !== 'k').map(key => ({...key, ...replayTexts[key.label]}));

/** The action of what was typed, if it is a key of ours. */
export function actionOf(input: string): Action | undefined {
	return keys.find(({inputs}) => inputs.includes(input))?.action(input);
}

/** ` q quit  space freeze …`, as many as fit. */
export function footerText(width: number, table: readonly KeyText[] = keys): string {
	let text = '';
	for (const {label, short} of table) {
		const next = short ? `${text}${text === '' ? ' ' : '  '}${label} ${short}` : text;
		if (next.length > width) {
			break;
		}

		text = next;
	}

	return text;
}
