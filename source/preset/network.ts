import {type DataShape} from '../dataset/dataset.js';
import {type NetworkOptions} from '../engine/engine.js';
import {networkWidths} from './load.js';
import {type Preset} from './schema.js';

/** What an engine needs to know of a preset, and of its data. */
export const networkOf = (preset: Preset, data?: Pick<DataShape, 'features' | 'classes'>): NetworkOptions => ({
	widths: networkWidths(preset, data),
	activation: preset.network.activation,
	optimizer: preset.training.optimizer,
	...(preset.network.bits !== undefined && {quantisation: {bits: preset.network.bits}}),
});
