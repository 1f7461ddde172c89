import {
	type EndEvent, type EpochEvent, type PhaseEvent, type ResumeEvent, type RunEvent, type StartEvent,
} from '../run/events.js';
import {type Liveness} from '../run/liveness.js';
import {medianEpochs, medianPhases, type Repeat} from './repeats.js';
import {roomFor, thinned} from './thin.js';

/** The two events of a layer, apart from each other; null where they have not happened. */
export type LayerPhases = {
	/** Epoch of the gradients' switch from drift to diffusion. */
	readonly switch: number | null;
	/** Epochs at which the ratio rose above 1 again for a while. */
	readonly reversals: readonly number[];
	/** Epoch of the onset of compression, by estimator. */
	readonly onset: Readonly<Record<string, number | null>>;
	/** Of several repeats, whose medians the epochs are: the least and the greatest. */
	readonly ranges?: {
		readonly switch: readonly [number, number] | null;
		readonly onset: Readonly<Record<string, readonly [number, number] | null>>;
	};
};

/** All that a viewer knows of a run: a value that each event replaces. Of a run with repeats, epochs and phases are the medians. */
export type History = {
	readonly start: StartEvent | undefined;
	/** The repeats one by one, the first at 0; empty where there is only one. */
	readonly repeats: readonly Repeat[];
	/** All of them, or, of a run with very many, those that `thin.ts` keeps. */
	readonly epochs: readonly EpochEvent[];
	readonly phases: readonly LayerPhases[];
	readonly isPaused: boolean;
	readonly warnings: readonly string[];
	/** The newest switch, in words. */
	readonly announcement: string | undefined;
	readonly end: EndEvent | undefined;
	/** What a viewer that looks from outside makes of the trainer; where the run was started from here, its process tells. */
	readonly trainer: Liveness;
	/** Lines of the event file that were damaged and skipped. */
	readonly damaged: number;
	/** Where many runs are shown as one: how they stand, in words, and how much of all of it is done, from 0 to 1. */
	readonly joint?: {readonly text: string; readonly progress: number};
};

const noPhases: LayerPhases = {switch: null, reversals: [], onset: {}};

export const emptyHistory: History = {
	start: undefined, repeats: [], epochs: [], phases: [], isPaused: false, warnings: [], announcement: undefined, end: undefined, trainer: 'alive', damaged: 0,
};

/** The history with one more event in it; `room`: for how many measured epochs. */
export function reduce(history: History, event: RunEvent, room = roomFor(1)): History {
	if (history.repeats.length > 0 && 'repeat' in event && event.repeat !== undefined) {
		return reduceRepeat(history, event as RunEvent & {repeat: number});
	}

	switch (event.type) {
		case 'start': {
			const begun: History = {
				...emptyHistory, trainer: history.trainer, damaged: history.damaged, warnings: history.warnings, start: event, phases: event.layers.map(() => noPhases),
			};
			return {...begun, repeats: emptyRepeats(begun)};
		}

		case 'epoch': {
			return {...history, epochs: thinned(withEpoch(history.epochs, event), history.phases, room)};
		}

		case 'phase': {
			return {
				...history,
				phases: history.phases.map((phases, index) => index === event.layer - 1 ? withPhase(phases, event) : phases),
				announcement: event.event === 'diffusion' ? announcementOf(event) : history.announcement,
			};
		}

		case 'pause': {
			return {...history, isPaused: true};
		}

		case 'resume': {
			return resumed({...history, isPaused: false}, event);
		}

		case 'checkpoint': {
			return {...history, announcement: `kept at epoch ${event.epoch}: the run can go on from there`};
		}

		case 'warning': {
			return {...history, warnings: [...history.warnings, event.message].slice(-20)};
		}

		case 'end': {
			return {...history, end: event, isPaused: false};
		}

		// Of a repeat that there is none of here.
		case 'repeat-end':
		case 'stuck': {
			return history;
		}
	}
}

/** A run that goes on from a checkpoint: what was told after it counts no more. */
function resumed(history: History, {epoch, step, from, epochs}: ResumeEvent): History {
	if (!from) {
		// After a pause, where nothing is later; or told by a trainer of somebody else's.
		return {
			...history,
			end: undefined,
			epochs: history.epochs.filter(event => isKept(event, {epoch, step})),
			phases: history.phases.map(phases => phasesUpTo(phases, epoch)),
		};
	}

	const {start} = history;
	const longer: StartEvent | undefined = start?.preset && epochs !== undefined ? {...start, preset: {...start.preset, training: {...start.preset.training, epochs}}} : start;
	const cut = {...history, start: longer, end: undefined};
	if (history.repeats.length === 0) {
		return cutAt(cut, from[0]!);
	}

	const repeats = history.repeats.map(({history: own, isStuck}, index) => {
		const entry = from.find(({repeat}) => repeat === index + 1);
		const ownStart: StartEvent | undefined = own.start && longer ? {...own.start, preset: longer.preset} : own.start;
		return entry
			? {history: {...cutAt(own, entry), start: ownStart, end: undefined}, isStuck: entry.stuck ?? false}
			: {history: {...own, start: ownStart}, isStuck};
	});
	return {
		...cut, repeats, epochs: medianEpochs(repeats, []), phases: medianPhases(repeats),
	};
}

/** The epochs of a training before one, and the phases that were known there. */
function cutAt(history: History, {epoch, phases}: NonNullable<ResumeEvent['from']>[number]): History {
	const first = history.epochs.findIndex(event => event.epoch >= epoch);
	let announced: History = {
		...history,
		epochs: first === -1 ? history.epochs : history.epochs.slice(0, first),
		phases: history.phases.map(() => noPhases),
	};
	for (const {repeat: _repeat, ...event} of phases) {
		announced = reduce(announced, event);
	}

	return {...announced, announcement: undefined};
}

/** The histories of a run's repeats before anything is known of them; none where there is only one. */
function emptyRepeats({start}: History): readonly Repeat[] {
	const count = start?.repeats ?? 1;
	return count === 1
		? []
		: Array.from({length: count}, (_, index) => ({
			history: reduce(emptyHistory, {...start!, seed: start!.seeds?.[index] ?? (start!.seed ?? 0) + index, repeats: 1}), isStuck: false,
		}));
}

/** What happens to one repeat happens to its own history; the medians follow. */
function reduceRepeat(history: History, {repeat, ...event}: RunEvent & {repeat: number}): History {
	const known = history.repeats[repeat - 1];
	if (!known) {
		return history;
	}

	const repeats = history.repeats.with(repeat - 1, changedRepeat(known, event as RunEvent, roomFor(history.repeats.length)));
	const isCounted = event.type === 'stuck' || (event.type === 'repeat-end' && event.reason === 'diverged');
	switch (event.type) {
		case 'epoch': {
			return {...history, repeats, epochs: thinned(medianEpochs(repeats, history.epochs), history.phases)};
		}

		case 'phase': {
			return {...history, repeats, phases: medianPhases(repeats)};
		}

		case 'warning': {
			return {...history, repeats, warnings: [...history.warnings, `repeat ${repeat}: ${String(event.message)}`].slice(-20)};
		}

		default: {
			// The medians are others without the one that counts no more.
			return isCounted
				? {
					...history, repeats, epochs: medianEpochs(repeats, []), phases: medianPhases(repeats),
				}
				: {...history, repeats};
		}
	}
}

function changedRepeat(repeat: Repeat, event: RunEvent, room: number): Repeat {
	switch (event.type) {
		case 'stuck': {
			return {...repeat, isStuck: true};
		}

		case 'repeat-end': {
			return {...repeat, history: reduce(repeat.history, {...event, type: 'end'})};
		}

		default: {
			return {...repeat, history: reduce(repeat.history, event, room)};
		}
	}
}

/** Whether a measurement is not later than where the training goes on. */
export const isKept = ({epoch, step}: EpochEvent, resumed: {readonly epoch: number; readonly step?: number | undefined}): boolean =>
	step === undefined || resumed.step === undefined ? epoch <= resumed.epoch : step <= resumed.step;

/** At its place: an outside training's measurements may come late, and one of the same step replaces the other. */
export function withEpoch(epochs: readonly EpochEvent[], event: EpochEvent): readonly EpochEvent[] {
	const place = epochs.findLastIndex(each => each.epoch < event.epoch || (each.epoch === event.epoch && (each.step ?? 0) <= (event.step ?? 0))) + 1;
	const before = epochs[place - 1];
	const isSame = before !== undefined && event.step !== undefined && before.epoch === event.epoch && before.step === event.step;
	return [...epochs.slice(0, isSame ? place - 1 : place), event, ...epochs.slice(place)];
}

const announcementOf = ({layer, epoch}: PhaseEvent): string | undefined =>
	epoch === null ? undefined : `layer ${layer}: drift → diffusion at epoch ${epoch}`;

function withPhase(phases: LayerPhases, {event, epoch, estimator}: PhaseEvent): LayerPhases {
	switch (event) {
		case 'diffusion': {
			return {...phases, switch: epoch, reversals: []};
		}

		case 'reversal': {
			return epoch === null ? phases : {...phases, reversals: [...phases.reversals, epoch]};
		}

		case 'compression': {
			return {...phases, onset: {...phases.onset, [estimator ?? '']: epoch}};
		}
	}
}

/** What had happened to a layer by the epoch `last`. */
export const phasesUpTo = (phases: LayerPhases, last: number): LayerPhases => {
	const kept = (epoch: number | null) => epoch !== null && epoch <= last ? epoch : null;
	return {
		...phases,
		switch: kept(phases.switch),
		reversals: phases.reversals.filter(epoch => epoch <= last),
		onset: Object.fromEntries(Object.entries(phases.onset).map(([id, epoch]) => [id, kept(epoch)])),
	};
};
