import {type Engine} from '../engine/engine.js';
import {
	brokenLayer, type Fit, type Float32Activations, probeActivations, probeFit,
} from './activations.js';
import {joinRows, type View} from './view.js';

/** What one look at a network tells: the activations of the measured samples, and how well it answers; or the first layer, from 1, that is not finite. */
export type Probed = {readonly layers: readonly Float32Activations[]; readonly fit: Fit} | {readonly broken: number};

/**
Looks at the network as it stands, and changes nothing in it. In the loss, a probability below `least` counts as that. `used`: the values of the
layers of an earlier look that nobody needs any more.
*/
export function probe(engine: Engine, view: View, least: number, used?: readonly Float32Array[]): Probed {
	const layers = probeActivations(engine, view.measured, used);
	const broken = brokenLayer(layers);
	if (broken !== undefined) {
		return {broken};
	}

	const output = layers.at(-1)!;
	return {layers, fit: probeFit(view.others ? joinRows(output, probeActivations(engine, view.others).at(-1)!) : output, view, view.split, least)};
}
