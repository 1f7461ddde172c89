import {type KeyText} from '../keys.js';
import {type CommonAction} from '../stage.js';

/** What a key does to a comparison. */
export type CompareAction = CommonAction | 'next-page' | 'page-before' | 'estimator' | 'color' | 'glyphs' | 'earlier' | 'later' | 'live' | 'help' | 'back';

type CompareKey = KeyText & {readonly inputs: Readonly<Record<string, CompareAction>>};

/** Every key of a comparison, once: handling, footer and help come from here. They mean what they mean on the screen of one run. */
export const compareKeys: readonly CompareKey[] = [
	{
		label: 'q', short: 'leave', brief: 'leave, training goes on', inputs: {q: 'quit'},
	},
	{
		label: 'tab', short: 'next runs', brief: 'next page of runs', inputs: {'\t': 'next-page'},
	},
	{
		label: 'e', short: 'estimator', brief: 'next estimator, everywhere', inputs: {e: 'estimator'},
	},
	{
		label: '[ ]', short: 'epochs', brief: 'back and forth in time', inputs: {'[': 'earlier', ']': 'later'},
	},
	{
		label: '?', short: 'help', brief: 'this help', inputs: {'?': 'help'},
	},
	{
		label: 'arrows',
		brief: 'through the pages of runs',
		inputs: {
			'\u001B[C': 'next-page', '\u001B[B': 'next-page', '\u001B[D': 'page-before', '\u001B[A': 'page-before',
		},
	},
	{label: 'c', brief: 'colours by layer or epoch', inputs: {c: 'color'}},
	{label: 'end', brief: 'back to live', inputs: {'\u001B[F': 'live'}},
	{label: 'g', brief: 'braille, blocks or ASCII', inputs: {g: 'glyphs'}},
	{label: 'esc', brief: 'one step out', inputs: {'\u001B': 'back'}},
	{label: 'ctrl-l', brief: 'draw anew', inputs: {'\u000C': 'repaint'}},
	{label: 'ctrl-z', brief: 'to the shell; fg comes back', inputs: {'\u001A': 'suspend'}},
	{label: 'ctrl-c', brief: 'leave with exit code 130', inputs: {'\u0003': 'interrupt'}},
];

/** The action of what was typed, if it is a key of a comparison. */
export const compareActionOf = (input: string): CompareAction | undefined =>
	compareKeys.map(({inputs}) => Object.hasOwn(inputs, input) ? inputs[input] : undefined).find(action => action !== undefined);
