import {failure} from '../errors.js';
import {trainedStart} from '../history/about.js';
import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {readTrained, type RunDirectory, type TrainedManifest} from '../run/directory.js';
import {type EndEvent, type WarningEvent} from '../run/events.js';
import {followRun} from '../run/reader.js';
import {safeText} from '../safe-text.js';
import {type Training} from '../training/repeats/merge.js';

/** A run that is over, as the trainings that it consists of: one, or its repeats. */
export type ReadRun = {
	readonly name: string;
	readonly manifest: TrainedManifest;
	readonly trainings: readonly Training[];
};

/** Reads a run; throws where it is not over, since what it would still measure cannot be known. */
export async function readTrainings(run: RunDirectory): Promise<ReadRun> {
	const manifest = readTrained(run);
	const name = safeText(run.name, 64);
	const warnings: WarningEvent[] = [];
	let history = emptyHistory;
	for await (const {event} of followRun(run.events, {isOver: () => true})) {
		history = reduce(history, event);
		if (event.type === 'warning' && event.repeat === undefined && history.epochs.length === 0) {
			warnings.push(event);
		}
	}

	const start = trainedStart(history);
	if (!start) {
		throw failure(`${name} has not begun`);
	}

	return {
		name,
		manifest,
		trainings: trainingsOf(history).map(training => {
			const end = endOf(training, name);
			return {
				start, seed: training.start!.seed ?? start.seed, warnings, epochs: training.epochs, end,
			};
		}),
	};
}

const trainingsOf = (history: History): readonly History[] => history.repeats.length > 0 ? history.repeats.map(repeat => repeat.history) : [history];

function endOf({start, end, epochs}: History, name: string): Training['end'] {
	if (end && isOver(end)) {
		return end;
	}

	const how = end ? `it ${end.reason === 'stopped' ? 'was stopped' : 'failed'}` : 'it goes on or broke off';
	throw failure(`${name} has not finished (${how} at epoch ${epochs.at(-1)?.epoch ?? 0} of ${start!.preset!.training.epochs})`);
}

const isOver = (end: EndEvent): end is Training['end'] => end.reason === 'finished' || end.reason === 'diverged';
