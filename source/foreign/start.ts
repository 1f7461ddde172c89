import {bottleneckBound} from '../information/bottleneck-curve.js';
import {eventsVersion, type StartEvent, type WarningEvent} from '../run/events.js';
import {type ForeignLabels} from './labels.js';
import {type ForeignStep} from './step.js';

export type ForeignStart = {
	readonly run: string;
	/** What the directory is called. */
	readonly name: string;
	readonly labels: ForeignLabels;
	readonly step: Pick<ForeignStep<unknown>, 'layers' | 'epoch'>;
	readonly estimators: readonly string[];
	readonly isPopulation: boolean;
};

/** What a run of somebody else's begins with: all that a viewer needs to lay out its screen, as the first file says it. */
export function * foreignStart({run, name, labels, step, estimators, isPopulation}: ForeignStart): Generator<StartEvent | WarningEvent> {
	const bound = bottleneckBound(labels.target, Math.log2(labels.rows));
	yield {
		type: 'start',
		version: eventsVersion,
		run,
		source: {kind: 'directory', name},
		counts: step.epoch === undefined ? 'steps' : 'epochs',
		samples: labels.rows,
		bounds: {x: Math.log2(labels.rows), y: labels.bound},
		...(bound.kind !== 'unknown' && {bound: {kind: bound.kind, points: bound.points.map(({x, y}) => ({x, y}))}}),
		population: isPopulation,
		layers: step.layers.map((layer, index) => ({layer: index + 1, name: layer.name, width: layer.units})),
		estimators: [...estimators],
	};
	if (bound.kind === 'unknown') {
		yield {type: 'warning', message: `There is no bound in the plane: ${bound.reason}.`};
	}
}
