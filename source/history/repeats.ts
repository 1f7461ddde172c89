import {type EpochEvent, type LayerMeasurement} from '../run/events.js';
import {type History, type LayerPhases} from './reduce.js';

/** One of several seeds of the same experiment, as a history of its own. */
export type Repeat = {
	readonly history: History;
	/** At chance when it should have learnt something: it does not count. */
	readonly isStuck: boolean;
};

type Numbers = ReadonlyArray<number | null | undefined>;

/** Half of the numbers that exist are above it; null if none does. */
export function median(numbers: Numbers): number | null {
	const sorted = Float64Array.from(numbers.filter(number => number !== null && number !== undefined)).toSorted();
	const middle = sorted.length >>> 1;
	return sorted.length === 0 ? null : (sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2);
}

/** Least and greatest; null if there are none. */
export function rangeOf(numbers: Numbers): readonly [number, number] | null {
	const there = numbers.filter(number => number !== null && number !== undefined);
	return there.length === 0 ? null : [Math.min(...there), Math.max(...there)];
}

/** The repeats that make up the medians: not those at chance, and not those that diverged. */
export const countedRepeats = (repeats: readonly Repeat[]): readonly Repeat[] =>
	repeats.filter(({history, isStuck}) => !isStuck && history.end?.reason !== 'diverged');

/**
The medians of the repeats at each epoch that all of those that count have reached, and hold: number by number, so that a ratio is the
median of ratios. `known` are those that are there already and stand.
*/
export function medianEpochs(repeats: readonly Repeat[], known: readonly EpochEvent[]): readonly EpochEvent[] {
	const [first, ...others] = countedRepeats(repeats).map(({history}) => history.epochs);
	const last = known.at(-1)?.epoch ?? -1;
	const start = (first?.findLastIndex(({epoch}) => epoch <= last) ?? -1) + 1;
	const found = (first ?? []).slice(start).flatMap(event => {
		const events = [event, ...others.map(epochs => eventAt(epochs, event.epoch))];
		return events.every(each => each !== undefined) ? [medianEvent(events)] : [];
	});
	return found.length === 0 ? known : [...known, ...found];
}

/** The event of an epoch; they are in ascending order. */
function eventAt(epochs: readonly EpochEvent[], epoch: number): EpochEvent | undefined {
	let low = 0;
	let high = epochs.length - 1;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (epochs[middle]!.epoch < epoch) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return epochs[low]?.epoch === epoch ? epochs[low] : undefined;
}

/** The medians of what several repeats have measured at one epoch. */
export function medianEvent(events: readonly EpochEvent[]): EpochEvent {
	const [first] = events as [EpochEvent];
	return {
		type: 'epoch',
		epoch: first.epoch,
		seconds: Math.max(...events.map(({seconds}) => seconds)),
		loss: median(events.map(({loss}) => loss)),
		accuracy: {train: median(events.map(({accuracy}) => accuracy.train)), test: median(events.map(({accuracy}) => accuracy.test))},
		layers: first.layers.map(({layer}, index) => medianLayer(layer, events.map(({layers}) => layers[index]!))),
	};
}

function medianLayer(layer: number, measurements: readonly LayerMeasurement[]): LayerMeasurement {
	const [first] = measurements as [LayerMeasurement];
	const bits = (pick: (information: LayerMeasurement['information'][string]) => {readonly x: number; readonly y: number} | undefined, id: string) => {
		const all = measurements.map(({information}) => information[id] && pick(information[id]));
		return {x: median(all.map(each => each?.x)) ?? 0, y: median(all.map(each => each?.y)) ?? 0};
	};

	const gradients = measurements.map(({gradient}) => gradient);
	return {
		layer,
		information: Object.fromEntries(Object.entries(first.information).map(([id, {lower}]) => [id, {
			...bits(information => information, id),
			...(lower && {lower: bits(information => information.lower, id)}),
		}])),
		gradient: gradients.every(gradient => gradient !== null)
			? {mean: median(gradients.map(({mean}) => mean))!, std: median(gradients.map(({std}) => std))!, ratio: median(gradients.map(({ratio}) => ratio))}
			: null,
		weightNorm: median(measurements.map(({weightNorm}) => weightNorm)),
	};
}

/** Switch and onset of each layer: the median over the repeats where it has happened, if that is more than half of those that count, and the range. */
export function medianPhases(repeats: readonly Repeat[]): readonly LayerPhases[] {
	const histories = countedRepeats(repeats).map(({history}) => history);
	const [first] = histories;
	return (first?.phases ?? []).map((_, layer) => {
		const phases = histories.map(history => history.phases[layer]!);
		const estimators = [...new Set(phases.flatMap(({onset}) => Object.keys(onset)))];
		const onsets = estimators.map(id => [id, phases.map(({onset}) => onset[id])] as const);
		const switches = phases.map(phase => phase.switch);
		return {
			switch: majority(switches),
			reversals: [],
			onset: Object.fromEntries(onsets.map(([id, epochs]) => [id, majority(epochs)])),
			ranges: {switch: rangeOf(switches), onset: Object.fromEntries(onsets.map(([id, epochs]) => [id, rangeOf(epochs)]))},
		};
	});
}

function majority(epochs: Numbers): number | null {
	const happened = epochs.filter(epoch => epoch !== null && epoch !== undefined);
	const middle = 2 * happened.length > epochs.length ? median(happened) : null;
	return middle === null ? null : Math.round(middle);
}

/** `median of 48 seeds, 2 stuck`: those at chance and those that diverged do not count. */
export function repeatsText(repeats: readonly Repeat[]): string {
	const stuck = repeats.filter(({isStuck}) => isStuck).length;
	const diverged = repeats.filter(({history, isStuck}) => !isStuck && history.end?.reason === 'diverged').length;
	return [
		`median of ${countedRepeats(repeats).length} seed${countedRepeats(repeats).length === 1 ? '' : 's'}`,
		stuck > 0 ? `${stuck} stuck` : '',
		diverged > 0 ? `${diverged} diverged` : '',
	].filter(Boolean).join(', ');
}
