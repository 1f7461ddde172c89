import {
	type EndEvent, type EpochEvent, type PhaseEvent, type RunEvent, type StartEvent,
} from '../run/events.js';

/** The two events of a layer, apart from each other; null where they have not happened. */
export type LayerPhases = {
	/** Epoch of the gradients' switch from drift to diffusion. */
	readonly switch: number | null;
	/** Epochs at which the ratio rose above 1 again for a while. */
	readonly reversals: readonly number[];
	/** Epoch of the onset of compression, by estimator. */
	readonly onset: Readonly<Record<string, number | null>>;
};

/** All that a viewer knows of a run: a value that each event replaces. */
export type History = {
	readonly start: StartEvent | undefined;
	readonly epochs: readonly EpochEvent[];
	readonly phases: readonly LayerPhases[];
	readonly isPaused: boolean;
	readonly warnings: readonly string[];
	/** The newest switch, in words. */
	readonly announcement: string | undefined;
	readonly end: EndEvent | undefined;
	/** Lines of the event file that were damaged and skipped. */
	readonly damaged: number;
};

export const emptyHistory: History = {
	start: undefined, epochs: [], phases: [], isPaused: false, warnings: [], announcement: undefined, end: undefined, damaged: 0,
};

/** The history with one more event in it. */
export function reduce(history: History, event: RunEvent): History {
	switch (event.type) {
		case 'start': {
			return {
				...emptyHistory, damaged: history.damaged, start: event, phases: event.layers.map(() => ({switch: null, reversals: [], onset: {}})),
			};
		}

		case 'epoch': {
			return {...history, epochs: [...history.epochs, event]};
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

		// A run that went on from a checkpoint: what was measured after it counts no more.
		case 'resume': {
			return {
				...history,
				isPaused: false,
				end: undefined,
				epochs: history.epochs.filter(({epoch}) => epoch <= event.epoch),
				phases: history.phases.map(phases => phasesUpTo(phases, event.epoch)),
			};
		}

		case 'warning': {
			return {...history, warnings: [...history.warnings, event.message].slice(-20)};
		}

		case 'end': {
			return {...history, end: event, isPaused: false};
		}
	}
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
		switch: kept(phases.switch),
		reversals: phases.reversals.filter(epoch => epoch <= last),
		onset: Object.fromEntries(Object.entries(phases.onset).map(([id, epoch]) => [id, kept(epoch)])),
	};
};
