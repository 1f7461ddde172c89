import {glyphNames} from '../chart/glyphs.js';
import {splitMethods} from '../dataset/split.js';
import {activationNames} from '../engine/activation.js';
import {engineNames} from '../engine/engine.js';
import {initialisationNames} from '../engine/initialise.js';
import {optimizerNames} from '../engine/optimizer.js';
import {figureNames, formatNames} from '../export/figures/names.js';
import {estimators} from '../information/registry.js';

export type Flag = {
	readonly name: string;
	/** What stands for the value in the help; a flag without one is a switch. */
	readonly value?: string;
	readonly short?: string;
	/** The only commands that know it. */
	readonly only?: readonly string[];
	/** One that has none is named on the line of the flag before it, whose description covers it. */
	readonly description?: string;
};

/** Every flag, once: parsing, `--help` and the README come from here. */
export const flags: readonly Flag[] = [
	{name: 'preset', value: 'NAME|FILE', description: 'the experiment: a name that "ibtop presets" lists, or a JSON file (tanh)'},
	{name: 'epochs', value: 'N', description: 'passes over the training set'},
	{name: 'seed', value: 'N', description: 'the same seed, engine and preset give the same numbers'},
	{name: 'repeats', value: 'N', description: 'the same experiment with N seeds, in parallel; with watch, how many runs there will be'},
	{name: 'batch-size', value: 'N', description: 'samples a step'},
	{name: 'optimizer', value: 'NAME', description: `${optimizerNames.join(' or ')}; its step size; momentum of sgd, from 0 up to but not 1`},
	{name: 'learning-rate', value: 'X'},
	{name: 'momentum', value: 'X'},
	{name: 'hidden', value: 'WIDTHS', description: 'units of the hidden layers, such as 10-7-5-4-3'},
	{name: 'activation', value: 'NAME', description: activationNames.join(', ')},
	{name: 'initialisation', value: 'NAME', description: initialisationNames.join(', ')},
	{name: 'bits', value: 'N', description: 'quantise the network to values of N bits, 2 to 16'},
	{name: 'train', value: 'X', description: `fraction of the samples that is trained on; which: ${splitMethods.join(', ')}`},
	{name: 'split', value: 'NAME'},
	{name: 'data', value: 'FILE|DIR', description: 'other data: an .npz file with x and y, or a folder with the files of MNIST'},
	{name: 'estimators', value: 'IDS', description: `${Object.values(estimators).map(({form}) => form).join(', ')}; the first is shown first`},
	{name: 'engine', value: 'NAME', description: `auto, ${engineNames.join(' or ')}`},
	{name: 'resume', value: 'WHEN', description: 'never, allow or must: go on with the run of that --name, if there is one (never)'},
	{name: 'checkpoint-every', value: 'S', description: 'seconds between checkpoints; 0: only at the end (at most 0.5 % of the time)'},
	{name: 'runs', value: 'DIR', description: 'where runs are kept ($IBTOP_RUNS, or ./runs)'},
	{name: 'name', value: 'NAME', description: 'name of the run (preset, date and time)'},
	{name: 'run', value: 'NAME', description: 'with watch DIR and watch -: name of the run, which goes on if it is there already'},
	{name: 'consume', description: 'with watch DIR: delete each file once it has been read'},
	{name: 'max-file', value: 'MIB', description: 'of an .npz file (2048); arrays in it (1000); numbers in one (134217728)'},
	{name: 'max-arrays', value: 'N'},
	{name: 'max-numbers', value: 'N'},
	{name: 'glyphs', value: 'NAME', description: `auto, ${glyphNames.join(' or ')}`},
	{name: 'fps', value: 'N', description: 'frames a second at the most, 1 to 60 (10); fewer on a slow link'},
	{name: 'color', description: 'colours even where the terminal promises none; --no-color for none at all'},
	{name: 'plain', description: 'sentences instead of a screen, at most one a second'},
	{name: 'tiles', only: ['watch'], description: 'with watch: runs side by side, also those of one experiment'},
	{name: 'replay', only: ['watch'], description: 'with watch: play a run as if it were live, so many of its seconds in one (1)'},
	{name: 'speed', value: 'X', only: ['watch']},
	{name: 'once', description: 'with watch: print one frame of what is there, and be done'},
	{name: 'width', value: 'N', description: 'its columns and rows (the terminal\'s, or 80 and 24); with export, the width on paper (85mm)'},
	{name: 'height', value: 'N'},
	{
		name: 'figure', value: 'NAMES', only: ['export'], description: `with export: ${figureNames.join(', ')} (all that fit)`,
	},
	{
		name: 'format', value: 'NAMES', only: ['export'], description: `with export: ${formatNames.join(', ')} (svg,vl.json,csv)`,
	},
	{
		name: 'by', value: 'NAME', only: ['export'], description: 'with export: colours of the plane by layer or epoch (layer)',
	},
	{
		name: 'epoch', value: 'N', only: ['export'], description: 'with export: the run up to that epoch (all of it)',
	},
	{
		name: 'output', value: 'DIR', only: ['export'], description: 'with export: where the files go (the current folder)',
	},
	{name: 'skip', only: ['merge'], description: 'with merge: leave out runs that do not fit, and name them'},
	{name: 'json', description: 'the events as JSON Lines instead of a screen; what is measured as one JSON object'},
	{name: 'help', short: 'h', description: 'show this help'},
	{name: 'version', description: 'show the version'},
];

/** Every command. */
export const commands = [
	{usage: 'ibtop [FLAGS]', name: '', description: 'train in a child process and watch'},
	{usage: 'ibtop run [FLAGS]', name: 'run', description: 'the same without a screen: a line a measured epoch, or --json'},
	{usage: 'ibtop watch [RUN…]', name: 'watch', description: 'watch runs, live or over: names, folders, tanh-*; the latest; seeds of one experiment as one plane'},
	{usage: 'ibtop ls', name: 'ls', description: 'list the runs: preset, state, epoch, age, where'},
	{usage: 'ibtop resume [RUN]', name: 'resume', description: 'go on with a run, from its pause or its checkpoint; --epochs takes it further'},
	{usage: 'ibtop pause RUN', name: 'pause', description: 'ask its trainer to pause, and wait until it has'},
	{usage: 'ibtop stop RUN', name: 'stop', description: 'the same to stop, at a checkpoint'},
	{usage: 'ibtop checkpoint RUN', name: 'checkpoint', description: 'the same to write a checkpoint now'},
	{usage: 'ibtop watch DIR', name: 'watch', description: 'what another program trains: step-*.npz files of activations, as they appear'},
	{usage: '… | ibtop watch -', name: 'watch', description: 'events as JSON Lines from a pipe'},
	{usage: 'ibtop export [RUN…]', name: 'export', description: 'figures for papers and data for others, of runs as watch takes them'},
	{usage: 'ibtop merge RUN…', name: 'merge', description: 'one run with repeats out of runs of the same experiment: --name NAME'},
	{usage: 'ibtop measure FILE.npz', name: 'measure', description: 'information of given activations: labels in y or p_y, a layer an array'},
	{usage: 'ibtop presets', name: 'presets', description: 'list the experiments, with what each shows'},
] as const;

/** How many names a command takes at the most; the others take none. */
export const operands: Readonly<Record<string, number>> = {
	watch: Infinity, export: Infinity, merge: Infinity, resume: 1, pause: 1, stop: 1, checkpoint: 1, measure: 1,
};

/** The text of `--help`; the README holds it word for word. */
export function helpText(): string {
	const column = (left: string, right: string) => `  ${left.padEnd(24)}  ${right}`;
	return [
		'ibtop: the information plane of a neural network in training, live',
		'',
		'Usage',
		...commands.map(({usage, description}) => column(usage, description)),
		'',
		'Flags (those from --epochs to --estimators override the preset)',
		...groupsOf(flags).map(group => column(group.map(flag => flagText(flag)).join(', '), group[0]!.description!)),
		'',
		'Without a terminal, or with TERM=dumb, ibtop prints lines. Press ? on the screen for the keys.',
		'Exit codes: 0 done or quit; 1 failure; 2 wrong usage; 130 Ctrl-C; 143 SIGTERM; 129 SIGHUP.',
		'',
		'Examples',
		'  ibtop --preset relu',
		'  ibtop run --preset tanh --epochs 500 --seed 7 --json > tanh.ndjson',
		'  ibtop --preset tanh --hidden 8-6-4 --activation softsign --learning-rate 0.001',
		'  ibtop measure activations.npz --estimators bins,exact:8,kde:0.001',
	].join('\n');
}

/** A flag with a description, and those after it that share it. */
const groupsOf = (all: readonly Flag[]): Flag[][] => {
	const groups: Flag[][] = [];
	for (const flag of all) {
		if (flag.description === undefined) {
			groups.at(-1)!.push(flag);
		} else {
			groups.push([flag]);
		}
	}

	return groups;
};

const flagText = ({name, value, short}: Flag): string => `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
