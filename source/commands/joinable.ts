import {experimentDifference} from '../preset/same-experiment.js';
import {readTrained, type RunDirectory, type TrainedManifest} from '../run/directory.js';

/** Whether runs are the same experiment, each with seeds of its own. */
export const isOneExperiment = (runs: readonly RunDirectory[]): boolean =>
	runs.every((run, index) => index === 0 ? manifestOf(run) !== undefined : fitsAmong(run, runs.slice(0, index)));

/** Whether a run is the same experiment as those that are there, with other seeds. One that cannot be read does not fit. */
export function fitsAmong(run: RunDirectory, others: readonly RunDirectory[]): boolean {
	const manifest = manifestOf(run);
	return manifest !== undefined && others.every(other => {
		const known = manifestOf(other);
		return known !== undefined && experimentDifference(known.preset, manifest.preset) === undefined && !overlap(known, manifest);
	});
}

/** A run that was merged tells its seeds only in its events; what its description says is the span that they begin with. */
function overlap(one: TrainedManifest, other: TrainedManifest): boolean {
	const [first, second] = [one, other].map(({seed, preset}) => ({from: seed, to: seed + preset.repeats - 1}));
	return first!.from <= second!.to && second!.from <= first!.to;
}

/** Descriptions as they were when they were read first: the experiment and the seed of a run do not change. */
const known = new Map<string, TrainedManifest>();

function manifestOf(run: RunDirectory): TrainedManifest | undefined {
	try {
		const manifest = known.get(run.folder) ?? readTrained(run);
		known.set(run.folder, manifest);
		return manifest;
	} catch {
		return undefined;
	}
}
