import {failure} from '../../errors.js';
import {countedUnit} from '../../history/about.js';
import {type History} from '../../history/reduce.js';
import {repeatsText} from '../../history/repeats.js';
import {type StartEvent} from '../../run/events.js';
import {safeText} from '../../safe-text.js';
import {type FigureOptions, type Subject} from './figure.js';

/** The estimators that a figure of a run shows: those asked for, or the run's first. */
export function estimatorsOf({name, history}: Subject, {estimators: asked}: Pick<FigureOptions, 'estimators'>): readonly string[] {
	const measured = startOf(history).estimators;
	const missing = asked?.find(id => !measured.includes(id));
	if (missing !== undefined) {
		throw failure(`The run ${name} was not measured with "${safeText(missing, 40)}": give --estimators ${measured.join(' or ')}.`);
	}

	return asked ?? measured.slice(0, 1);
}

/** Figures are made of runs that have begun. */
export const startOf = ({start}: History): StartEvent => start!;

export const layersOf = (history: History): readonly number[] => startOf(history).layers.map(({layer}) => layer);

export const lastEpochOf = ({epochs}: History): number => epochs.at(-1)?.epoch ?? 0;

/** `tanh-1`, or `tanh50, median of 50 seeds`. */
export const subjectTitle = ({name, history}: Subject): string =>
	history.repeats.length > 0 ? `${name}, ${repeatsText(history.repeats)}` : name;

/** What the horizontal axis of these runs counts. */
export const unitOf = (subjects: readonly Subject[]): string => [...new Set(subjects.map(({history}) => countedUnit(history)))].toSorted().join(' or ');

/** There is no figure of a run that lacks what it shows; of several, that one is named. */
export function refuseWithout(what: string, subjects: readonly Subject[], {has, instead}: {readonly has: (history: History) => boolean; readonly instead: string}): void {
	const bare = subjects.find(({history}) => !has(history));
	if (bare) {
		throw failure(`The run ${bare.name} has no ${what} to draw: ${subjects.length > 1 ? 'leave it out, or ' : ''}choose --figure ${instead}.`);
	}
}
