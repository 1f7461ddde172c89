import {loadPreset, networkWidths, presetNames} from '../preset/load.js';

/** `ibtop presets`: a line on each experiment. */
export function presetLines(): string[] {
	const presets = presetNames().map(name => loadPreset(name));
	const width = Math.max(...presets.map(({name}) => name.length));
	return presets.map(preset => `${preset.name.padEnd(width)}  ${networkWidths(preset).join('-')}  ${preset.description}`);
}
