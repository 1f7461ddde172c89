import {experimentDifference} from '../preset/same-experiment.js';
import {safeText} from '../safe-text.js';
import {type ReadRun} from './trainings.js';

/** Why a run cannot be one with those before it, as a clause; undefined where it can. The first says what experiment it is. */
export function misfitOf({name, trainings}: ReadRun, before: readonly ReadRun[]): string | undefined {
	const [first] = before;
	if (!first) {
		return undefined;
	}

	const [one, other] = [first.trainings[0]!.start, trainings[0]!.start];
	const difference = experimentDifference(one.preset, other.preset);
	if (difference) {
		return `${name} is another experiment than ${first.name} (${difference.field}: ${shown(difference.other)}, not ${shown(difference.one)})`;
	}

	if (one.engine !== other.engine) {
		return `${name} was trained by another engine than ${first.name} (${other.engine}, not ${one.engine})`;
	}

	for (const {seed} of trainings) {
		const twin = before.find(run => run.trainings.some(training => training.seed === seed));
		if (twin) {
			return `${name} has the seed ${seed}, which ${twin.name} has too`;
		}
	}

	return undefined;
}

const shown = (value: unknown): string => safeText(JSON.stringify(value) ?? 'none', 60);
