/** Views of a history that charts and summaries share. Pure, and cheap enough for every frame. */
import {analyseSwitch} from '../phase/switch.js';
import {type EpochEvent} from '../run/events.js';
import {type History} from './reduce.js';

/** What has become of a layer's switch, or of the whole network's. */
export type SwitchState
	= | {readonly state: 'undefined' | 'never-drifted' | 'not-yet'}
		| {readonly state: 'switched'; readonly epoch: number; readonly reversals: readonly number[]};

export const currentEpoch = (history: History): number => history.epochs.at(-1)?.epoch ?? 0;

/** The estimator at `index` in the preset's order, round and round. */
export function estimatorAt({start}: History, index: number): string {
	const ids = start?.estimators ?? [];
	return ids.length === 0 ? '' : ids[index % ids.length]!;
}

/** The points of one layer (from 1) in the plane, oldest first. */
export function planePoints(history: History, layer: number, estimator: string): Array<{epoch: number; x: number; y: number}> {
	return history.epochs.flatMap(({epoch, layers}) => {
		const information = layers[layer - 1]?.information[estimator];
		return information ? [{epoch, x: information.x, y: information.y}] : [];
	});
}

/** A quantity of one layer at each measured epoch. */
export function layerSeries(
	history: History,
	layer: number,
	quantity: (measurement: EpochEvent['layers'][number]) => number | null,
): Array<number | null> {
	return history.epochs.map(({layers}) => {
		const measurement = layers[layer - 1];
		return measurement ? quantity(measurement) : null;
	});
}

/** The switch of one layer (from 1), as the trainer announced it; why there is none, from the ratios. */
export function switchOf(history: History, layer: number): SwitchState {
	const phases = history.phases[layer - 1];
	if (phases?.switch !== null && phases?.switch !== undefined) {
		return {state: 'switched', epoch: phases.switch, reversals: phases.reversals};
	}

	const analysis = analyseSwitch(history.epochs.map(({epoch, layers}) => ({epoch, ratio: layers[layer - 1]?.gradient?.ratio ?? null})));
	return analysis.state === 'switched' ? {state: 'not-yet'} : analysis;
}

/** Where the network is: how many of the layers that have drifted have switched. */
export type NetworkPhase = {
	readonly name: 'waiting' | 'drift' | 'switching' | 'diffusion' | 'undefined';
	readonly switched: number;
	readonly layers: number;
	/** First and last epoch of a layer's switch. */
	readonly interval: readonly [number, number] | undefined;
};

export function networkPhase(history: History): NetworkPhase {
	const states = history.phases.map((_, index) => switchOf(history, index + 1));
	const epochs = states.flatMap(state => state.state === 'switched' ? [state.epoch] : []);
	const pending = states.filter(({state}) => state === 'not-yet').length;
	return {
		name: phaseName(history, states),
		switched: epochs.length,
		layers: epochs.length + pending,
		interval: epochs.length > 0 ? [Math.min(...epochs), Math.max(...epochs)] : undefined,
	};
}

function phaseName(history: History, states: readonly SwitchState[]): NetworkPhase['name'] {
	if (history.epochs.length === 0) {
		return 'waiting';
	}

	if (states.every(({state}) => state === 'undefined')) {
		return 'undefined';
	}

	if (!states.some(({state}) => state === 'switched')) {
		return 'drift';
	}

	return states.some(({state}) => state === 'not-yet') ? 'switching' : 'diffusion';
}

/** Epochs per second over the last measured epochs, and the seconds left at that pace; undefined while there is no pace yet. */
export function pace({epochs, start}: History): {perSecond: number; secondsLeft: number} | undefined {
	const last = epochs.at(-1);
	const before = epochs.at(-12) ?? epochs[0];
	if (!last || !before || !start || last.seconds <= before.seconds) {
		return undefined;
	}

	const perSecond = (last.epoch - before.epoch) / (last.seconds - before.seconds);
	return {perSecond, secondsLeft: (start.preset.training.epochs - last.epoch) / perSecond};
}
