/** Views of a history that charts and summaries share. Pure, and cheap enough for every frame. */
import {analyseSwitch} from '../phase/switch.js';
import {type EpochEvent} from '../run/events.js';
import {type History} from './reduce.js';
import {seriesOf} from './series.js';

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

/** The points of one layer (from 1) in the plane, oldest first; the upper ones where the estimator has two bounds. */
export function planePoints(history: History, layer: number, estimator: string, side: 'upper' | 'lower' = 'upper'): ReadonlyArray<{epoch: number; x: number; y: number}> {
	const points = seriesOf(history, `plane/${layer}/${estimator}/${side}`, ({epoch, layers}) => {
		const information = layers[layer - 1]?.information[estimator];
		const bits = side === 'lower' ? information?.lower : information;
		return bits && {epoch, x: bits.x, y: bits.y};
	});
	return points.filter(point => point !== undefined);
}

/** A quantity of one layer at each measured epoch; `name` is the quantity's. */
export const layerSeries = (
	history: History,
	layer: number,
	name: string,
	quantity: (measurement: EpochEvent['layers'][number]) => number | null,
): ReadonlyArray<number | null> => seriesOf(history, `${name}/${layer}`, ({layers}) => {
	const measurement = layers[layer - 1];
	return measurement ? quantity(measurement) : null;
});

/** The measured epochs. */
export const epochNumbers = (history: History): readonly number[] => seriesOf(history, 'epoch', ({epoch}) => epoch);

/** What was found for a history: a frame asks several times. */
const found = new WeakMap<History, SwitchState[]>();

/** The switch of one layer (from 1), as the trainer announced it; why there is none, from the ratios. */
export function switchOf(history: History, layer: number): SwitchState {
	const states = found.get(history) ?? [];
	found.set(history, states);
	states[layer] ??= findSwitch(history, layer);
	return states[layer];
}

function findSwitch(history: History, layer: number): SwitchState {
	const phases = history.phases[layer - 1];
	if (phases?.switch !== null && phases?.switch !== undefined) {
		return {state: 'switched', epoch: phases.switch, reversals: phases.reversals};
	}

	const analysis = analyseSwitch(history.epochs.map(({epoch, layers}) => ({epoch, ratio: layers[layer - 1]?.gradient?.ratio ?? null})));
	return analysis.state === 'switched' ? {state: 'not-yet'} : analysis;
}

/** Where the network is: how many of the layers whose gradients have a spread have switched. */
export type NetworkPhase = {
	readonly name: 'waiting' | 'no-drift' | 'drift' | 'switching' | 'diffusion' | 'undefined';
	readonly switched: number;
	readonly layers: number;
	/** First and last epoch of a layer's switch. */
	readonly interval: readonly [number, number] | undefined;
};

export function networkPhase(history: History): NetworkPhase {
	const states = history.phases.map((_, index) => switchOf(history, index + 1)).filter(({state}) => state !== 'undefined');
	const epochs = states.flatMap(state => state.state === 'switched' ? [state.epoch] : []);
	return {
		name: phaseName(history, states),
		switched: epochs.length,
		layers: states.length,
		interval: epochs.length > 0 ? [Math.min(...epochs), Math.max(...epochs)] : undefined,
	};
}

function phaseName(history: History, states: readonly SwitchState[]): NetworkPhase['name'] {
	if (history.epochs.length === 0) {
		return 'waiting';
	}

	if (states.length === 0) {
		return 'undefined';
	}

	const count = (name: SwitchState['state']) => states.filter(({state}) => state === name).length;
	if (count('switched') === 0) {
		return count('never-drifted') === states.length ? 'no-drift' : 'drift';
	}

	return count('switched') === states.length ? 'diffusion' : 'switching';
}
