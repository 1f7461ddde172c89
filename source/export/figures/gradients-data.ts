import {type History} from '../../history/reduce.js';
import {countedRepeats} from '../../history/repeats.js';
import {switchOf} from '../../history/select.js';
import {placeOfEpoch} from './epoch-axis.js';
import {rounded} from './round.js';
import {spreadOf} from './spread.js';
import {layersOf, startOf} from './subject.js';

/** A norm of a layer's gradient at an epoch, divided by that of its weights; with the quartiles of the repeats where there are several. */
export type GradientRow = {
	/** The layer in words, and when it switched. */
	readonly panel: string;
	readonly layer: number;
	readonly norm: 'mean' | 'standard deviation' | 'switch';
	readonly epoch: number;
	/** Where the epoch stands on the axis. */
	readonly place: number;
	/** Undefined for a switch. */
	readonly value?: number;
	readonly low?: number;
	readonly high?: number;
};

const norms = [['mean', 'mean'], ['std', 'standard deviation']] as const;

/** Whether the norms can be divided by those of the weights: nobody has told the weights of what most others train. */
export const knowsWeights = ({epochs}: History): boolean =>
	epochs.every(({layers}) => layers.every(({gradient, weightNorm}) => gradient === null || weightNorm !== null));

/** Whether there is a norm that has a place on a logarithmic axis. */
export const hasGradients = ({epochs}: History): boolean =>
	epochs.some(({layers}) => layers.some(({gradient, weightNorm}) => gradient !== null && weightNorm !== 0 && (gradient.mean > 0 || gradient.std > 0)));

/**
‖mean‖/‖W‖ and ‖standard deviation‖/‖W‖ of each layer (M and S), and a row for its switch. What is 0 has no place on a logarithmic axis.
`isRelative`: whether the norms are divided by that of the weights, or shown as they are.
*/
export const gradientRows = (history: History, isRelative: boolean): GradientRow[] => layersOf(history).flatMap(layer => {
	const panel = layerTitle(history, layer).join(' · ');
	const switched = switchOf(history, layer);
	return [
		...norms.flatMap(([norm, name]) => history.epochs.flatMap(({epoch}, index) => {
			const numbers = numbersAt(history, index, layer, {norm, isRelative});
			return numbers
				? [{
					panel, layer, norm: name, epoch, place: placeOfEpoch(epoch), ...numbers,
				}]
				: [];
		})),
		...(switched.state === 'switched'
			? [{
				panel, layer, norm: 'switch', epoch: switched.epoch, place: placeOfEpoch(switched.epoch),
			} as const]
			: []),
	];
});

function numbersAt({epochs, repeats}: History, index: number, layer: number, {norm, isRelative}: {readonly norm: 'mean' | 'std'; readonly isRelative: boolean}) {
	const events = repeats.length > 0 ? countedRepeats(repeats).map(({history}) => history.epochs[index]) : [epochs[index]];
	const spread = spreadOf(events.map(event => {
		const {gradient, weightNorm} = event?.layers[layer - 1] ?? {};
		return gradient && weightNorm !== 0 && gradient[norm] > 0 ? gradient[norm] / (isRelative ? weightNorm! : 1) : undefined;
	}));
	return spread && {value: rounded(spread.middle), ...(repeats.length > 0 && {low: rounded(spread.low), high: rounded(spread.high)})};
}

/** `hidden 5` and `188`: the layer and the epoch of its switch; over repeats, the least and the greatest too. */
export function layerTitle(history: History, layer: number): readonly [string, string] {
	const {name} = startOf(history).layers[layer - 1]!;
	const state = switchOf(history, layer);
	const range = history.phases[layer - 1]?.ranges?.switch;
	return [name, state.state === 'switched' ? `${state.epoch}${range ? ` (${range[0]}–${range[1]})` : ''}` : 'none'];
}

/** What spans the vertical axis. */
export const numbersOf = (rows: readonly GradientRow[]): readonly number[] =>
	rows.flatMap(({value, low, high}) => [value, low, high]).filter(value => value !== undefined);
