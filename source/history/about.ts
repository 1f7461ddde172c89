/** What is known of a run by itself, whether ibtop trains it or somebody else does. Pure. */
import {type StartEvent, type TrainedStart} from '../run/events.js';
import {type History} from './reduce.js';
import {seriesOf} from './series.js';

/** The preset, or where an outside training comes from. */
export const titleOf = ({preset, source, run}: StartEvent): string => preset?.name ?? source?.name ?? run;

/** The start of a run that ibtop trains; undefined of others. */
export const trainedStart = ({start}: History): TrainedStart | undefined => start?.preset ? start as TrainedStart : undefined;

/** Whether somebody else trains it. */
export const isForeign = ({start}: History): boolean => start !== undefined && start.preset === undefined;

/** Undefined where nobody knows how long the training will be. */
export const totalEpochs = ({start}: History): number | undefined => start?.preset?.training.epochs;

/** What the numbers along the way are: some trainings tell only their steps. */
export const countedUnit = ({start}: History): 'epoch' | 'step' => start?.counts === 'steps' ? 'step' : 'epoch';

/** What was measured of an outside training so far, and no gradients in it. */
export const lacksGradients = (history: History): boolean =>
	history.start?.preset === undefined && history.epochs.length > 0
	&& seriesOf(history, 'gradients', ({layers}) => layers.some(({gradient}) => gradient !== null)).every(has => !has);

/** Bits that rounding may leave below log2 N. */
const rounding = 1e-3;

/**
The layers that say nothing but the number of rows: at every measured epoch every estimator gave I(X;T) = log2 N, so that each row has a
cell of its own. Only where the inputs are a sample, or somebody else's: all 4096 patterns are what they are.
*/
export function saturatedLayers(history: History): number[] {
	const {start} = history;
	const isOfKnownInputs = start?.preset !== undefined && start.population !== false;
	if (!start || isOfKnownInputs || history.epochs.length === 0) {
		return [];
	}

	const most = Math.log2(start.samples) - rounding;
	return start.layers.map(({layer}) => layer).filter(layer => {
		const least = seriesOf(history, `least/${layer}`, ({layers}) => Object.values(layers[layer - 1]?.information ?? {}).map(({x}) => x));
		return least.some(bits => bits.length > 0) && least.every(bits => bits.every(x => x >= most));
	});
}

/** The commonest misreading, told plainly. */
export function saturationText(history: History): string | undefined {
	const layers = saturatedLayers(history);
	return layers.length === 0 ? undefined : `saturated: more samples or coarser bins (layer${layers.length > 1 ? 's' : ''} ${layers.join(', ')})`;
}
