/** What a key does; `layer` carries its number along. */
export type Action
	= | 'quit' | 'interrupt' | 'freeze' | 'pause' | 'snapshot' | 'estimator' | 'color' | 'page' | 'help' | 'back'
		| {readonly toggleLayer: number};

type Key = {
	/** As help, footer and README show it. */
	readonly label: string;
	/** One word for the footer; keys without one are in the help only. */
	readonly short?: string;
	readonly description: string;
	/** What the terminal sends. */
	readonly inputs: readonly string[];
	readonly action: (input: string) => Action;
};

/** Every key, once: handling, footer, help and README come from here. In the order of the footer. */
export const keys: readonly Key[] = [
	{
		label: 'q', short: 'quit', description: 'quit: training stops, and the run is complete up to here', inputs: ['q'], action: () => 'quit',
	},
	{
		label: 'space', short: 'freeze', description: 'freeze the picture, or let it go on; training goes on in any case', inputs: [' '], action: () => 'freeze',
	},
	{
		label: 'p', short: 'pause', description: 'pause training, or resume it', inputs: ['p'], action: () => 'pause',
	},
	{
		label: 's', short: 'snapshot', description: 'save the screen as text, the series as CSV, and everything as JSON', inputs: ['s'], action: () => 'snapshot',
	},
	{
		label: 'e', short: 'estimator', description: 'show the next estimator', inputs: ['e'], action: () => 'estimator',
	},
	{
		label: 'tab', short: 'charts', description: 'next page: plane, gradients, loss', inputs: ['\t'], action: () => 'page',
	},
	{
		label: '?', short: 'help', description: 'show or hide this help', inputs: ['?'], action: () => 'help',
	},
	{
		label: '1-9', description: 'show or hide a layer', inputs: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], action: input => ({toggleLayer: Number(input)}),
	},
	{
		label: 'c', description: 'colours by layer, or by epoch', inputs: ['c'], action: () => 'color',
	},
	{
		label: 'esc', description: 'one step out: close the help, thaw, back to the plane', inputs: ['\u001B'], action: () => 'back',
	},
	{
		label: 'ctrl-c', description: 'quit, with exit code 130', inputs: ['\u0003'], action: () => 'interrupt',
	},
];

/** The action of what was typed, if it is a key of ours. */
export function actionOf(input: string): Action | undefined {
	return keys.find(({inputs}) => inputs.includes(input))?.action(input);
}

/** ` q quit  space freeze …`, as many as fit. */
export function footerText(width: number): string {
	let text = '';
	for (const {label, short} of keys) {
		const next = short ? `${text}${text === '' ? ' ' : '  '}${label} ${short}` : text;
		if (next.length > width) {
			break;
		}

		text = next;
	}

	return text;
}
