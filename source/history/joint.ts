/** Many runs of one experiment as if they were one run with repeats, while they grow. */
import {type EpochEvent} from '../run/events.js';
import {createStuckWatch} from '../training/repeats/stuck.js';
import {trainedStart} from './about.js';
import {emptyHistory, type History} from './reduce.js';
import {
	countedRepeats, medianEvent, medianPhases, type Repeat, repeatsText,
} from './repeats.js';

/** The runs that are shown as one, and how many seeds there should be, if that is known. */
export type JointRuns = {readonly histories: readonly History[]; readonly expected?: number | undefined};

/** How runs stand: each is one of these. */
export type Census = Readonly<Record<'running' | 'done' | 'stopped' | 'died' | 'missing', number>>;

/** Makes one history of many, again and again: what has not changed is not computed anew. */
export function createJoint(): (runs: JointRuns) => History {
	const mediansOf = createMedians();
	return runs => {
		const begun = runs.histories.filter(history => trainedStart(history)).toSorted((a, b) => seedOf(a) - seedOf(b));
		const [first] = begun;
		const repeats = begun.flatMap(history => repeatsOf(history));
		const start = first && trainedStart(first);
		if (!start) {
			return emptyHistory;
		}

		const census = censusOf(runs);
		const seeds = repeats.map(({history}) => seedOf(history));
		const running = begun.filter(history => standingOf(history) === 'running');
		return {
			...emptyHistory,
			start: {
				...start, seed: seeds[0]!, seeds, repeats: repeats.length, preset: {...start.preset, seed: seeds[0]!, repeats: repeats.length},
			},
			repeats,
			epochs: mediansOf(repeats),
			phases: medianPhases(repeats),
			isPaused: running.length > 0 && running.every(({isPaused}) => isPaused),
			warnings: begun.flatMap(({warnings}) => warnings.slice(-1)).slice(-20),
			end: census.running + census.missing === 0 ? {type: 'end', reason: census.done > 0 ? 'finished' : 'stopped', epoch: furthestEpoch(begun)} : undefined,
			joint: {text: censusText(repeats, census), progress: progressOf(begun, census)},
		};
	};
}

/** Only runs that ibtop trains are shown as one. */
const seedOf = (history: History): number => trainedStart(history)?.seed ?? 0;

/** A run of several repeats is as many. */
const known = new WeakMap<History, readonly Repeat[]>();

function repeatsOf(history: History): readonly Repeat[] {
	const found = known.get(history) ?? (history.repeats.length > 0 ? history.repeats : [{history, isStuck: isStuck(history)}]);
	known.set(history, found);
	return found;
}

function isStuck({epochs}: History): boolean {
	const decide = createStuckWatch();
	return epochs.some(event => decide(event));
}

/**
The median at each epoch of those that have reached it, as far as half of those that count have come: so it grows steadily, also
while new runs begin.
*/
function createMedians(): (repeats: readonly Repeat[]) => readonly EpochEvent[] {
	let before: readonly History[] = [];
	let medians: Array<{readonly count: number; readonly event: EpochEvent}> = [];
	return repeats => {
		const counted = countedRepeats(repeats).map(({history}) => history);
		// As long as all that were there are there, and are longer, the number of those at an epoch says whether they are others.
		if (!before.every(old => counted.some(({start, epochs}) => start!.seed === old.start!.seed && epochs.length >= old.epochs.length && epochs[0] === old.epochs[0]))) {
			medians = [];
		}

		before = counted;
		const lengths = counted.map(({epochs}) => epochs.length).toSorted((a, b) => b - a);
		const length = lengths[Math.ceil(lengths.length / 2) - 1] ?? 0;
		let isChanged = false;
		const next = Array.from({length}, (_, index) => {
			const there = counted.filter(({epochs}) => epochs.length > index);
			const old = medians[index];
			if (old?.count === there.length) {
				return old;
			}

			isChanged ||= old !== undefined;
			return {count: there.length, event: medianEvent(there.map(({epochs}) => epochs[index]!))};
		});
		// What has been read out of a run is kept by its first event, and read anew for another one.
		if (isChanged && next[0]) {
			next[0] = {...next[0], event: {...next[0].event}};
		}

		medians = next;
		return next.map(({event}) => event);
	};
}

/** How a run stands, from what it told and from what is known of its trainer. */
function standingOf({end, trainer}: History): Exclude<keyof Census, 'missing'> {
	if (end) {
		return end.reason === 'finished' || end.reason === 'diverged' ? 'done' : 'stopped';
	}

	return trainer === 'died' || trainer === 'gone' ? 'died' : 'running';
}

/** A run that has a folder and no start yet is running. Missing are those that are expected, or whose seeds lie between those that are there. */
export function censusOf({histories, expected}: JointRuns): Census {
	const census = {
		running: 0, done: 0, stopped: 0, died: 0, missing: 0,
	};
	const seeds: number[] = [];
	for (const history of histories) {
		const repeats = history.start ? repeatsOf(history) : [{history}];
		seeds.push(...(history.start ? repeats.map(repeat => seedOf(repeat.history)) : []));
		census[standingOf(history)] += repeats.length;
	}

	const present = census.running + census.done + census.stopped + census.died;
	const span = seeds.length === 0 ? 0 : Math.max(...seeds) - Math.min(...seeds) + 1;
	return {...census, missing: Math.max(0, (expected ?? Math.max(span, present)) - present)};
}

/** `median of 12 seeds: 8 running, 4 done`. */
function censusText(repeats: readonly Repeat[], census: Census): string {
	const counts = Object.entries(census).filter(([name, count]) => count > 0 || name === 'running').map(([name, count]) => `${count} ${name}`);
	return `${repeatsText(repeats)}: ${counts.join(', ')}`;
}

const furthestEpoch = (histories: readonly History[]): number => Math.max(0, ...histories.map(({epochs}) => epochs.at(-1)?.epoch ?? 0));

/** How much of all that is to be trained has been. */
function progressOf(begun: readonly History[], {missing}: Census): number {
	const repeats = begun.flatMap(history => repeatsOf(history));
	const done = repeats.reduce((sum, {history: {epochs, start}}) => sum + ((epochs.at(-1)?.epoch ?? 0) / start!.preset!.training.epochs), 0);
	return done / (repeats.length + missing);
}
