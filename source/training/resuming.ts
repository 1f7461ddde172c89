import {PhaseAnnouncer} from '../phase/announce.js';
import {type Preset} from '../preset/schema.js';
import {readCheckpoint} from '../run/checkpoint.js';
import {type RunDirectory} from '../run/directory.js';
import {type EpochEvent, type RepeatEndEvent, type ResumeEvent} from '../run/events.js';
import {readPast, type RepeatPast} from '../run/past.js';
import {allRepeats} from './repeats/shares.js';
import {createStuckWatch} from './repeats/stuck.js';
import {type RepeatState} from './state.js';

/** Where a run goes on. */
export type Resumption = {
	readonly event: ResumeEvent;
	readonly states: readonly RepeatState[];
	/** Of repeats that have nothing left to do. */
	readonly ends: readonly RepeatEndEvent[];
	/** That the run has taken so far. */
	readonly seconds: number;
	/** What the first repeat has measured, up to where it goes on. */
	readonly past: readonly EpochEvent[];
};

/** Where a run was left: at its checkpoint, or at its beginning where there is none. Undefined where it has not told anything yet. */
export async function findResumption(run: RunDirectory, preset: Preset): Promise<Resumption | undefined> {
	const repeats = allRepeats(preset.repeats);
	const {start, repeats: pasts} = await readPast(run.events, repeats);
	if (!start) {
		return undefined;
	}

	const states = readCheckpoint(run);
	const total = preset.training.epochs;
	const ends = repeats.map(repeat => pasts.get(repeat)!.end).filter(end => end !== undefined).filter(({reason, epoch}) => reason === 'diverged' || epoch === total);
	const going = repeats.filter(repeat => !ends.some(end => end.repeat === repeat));
	const from = going.map(repeat => entryOf(repeat, states, pasts.get(repeat)!, preset.repeats > 1));
	return {
		event: {
			type: 'resume', epoch: Math.min(total, ...from.map(({epoch}) => epoch)), from, epochs: total,
		},
		states,
		ends,
		seconds: Math.max(0, ...from.map(({epoch}, index) => before(pasts.get(going[index]!)!, epoch).at(-1)?.seconds ?? 0)),
		past: before(pasts.get(1)!, from[0]?.epoch ?? 0),
	};
}

/** What is said of a repeat that goes on. */
function entryOf(repeat: number, states: readonly RepeatState[], past: RepeatPast, isOneOfMany: boolean): NonNullable<ResumeEvent['from']>[number] {
	const epoch = states.find(state => state.repeat === repeat)?.state.epoch ?? 0;
	const epochs = before(past, epoch);
	const phases = new PhaseAnnouncer().recall(epochs);
	const isStuck = createStuckWatch();
	const wasStuck = epochs.map(event => isStuck(event)).includes(true);
	return isOneOfMany
		? {
			repeat, epoch, phases: phases.map(phase => ({...phase, repeat})), ...(wasStuck && {stuck: true}),
		}
		: {epoch, phases};
}

const before = ({epochs}: RepeatPast, epoch: number): EpochEvent[] => epochs.filter(event => event.epoch < epoch);
