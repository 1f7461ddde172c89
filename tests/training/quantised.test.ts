/** Real runs of quantised networks, shortened: what must hold at every measured epoch, and what the presets must show early. */
import {describe, expect, it} from 'vitest';
import {loadPreset} from '../../source/preset/load.js';
import {epochEvents, eventsOf} from '../helpers/train.js';

describe.each([['tanh-8bit', 8], ['relu-8bit', 8], ['tanh-4bit', 4], ['relu-4bit', 4]] as const)('%s', (name, bits) => {
	it('never has more information in a layer than in the one before it, at any measured epoch', async () => {
		const preset = loadPreset(name);
		expect(preset.network.bits).toBe(bits);
		const events = epochEvents(await eventsOf({...preset, training: {...preset.training, epochs: 200}, estimators: [`exact:${bits}`]}));
		expect(events.length).toBeGreaterThan(100);
		for (const {epoch, layers} of events) {
			const {x: first} = layers[0]!.information[`exact:${bits}`]!;
			expect(first).toBeLessThanOrEqual(12 + 1e-9);
			for (const [index, layer] of layers.slice(1).entries()) {
				const [before, after] = [layers[index]!.information[`exact:${bits}`]!, layer.information[`exact:${bits}`]!];
				expect([epoch, after.x <= before.x + 1e-9, after.y <= before.y + 1e-9]).toEqual([epoch, true, true]);
			}
		}
	}, 60_000);
});
