import {expect, it} from 'vitest';
import {quantile} from '../helpers/moments.js';
import {eventsOf} from '../helpers/train.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {loadPreset} from '../../source/preset/load.js';
import {type RunEvent} from '../../source/run/events.js';

/** The switch that stands announced for a layer at the end of a run, if any. */
function switchOf(events: readonly RunEvent[], wanted: number): number | null {
	const announcer = new PhaseAnnouncer();
	const said = events.flatMap(event => announcer.take(event)).filter(({layer, event}) => layer === wanted && event === 'diffusion');
	return said.at(-1)?.epoch ?? null;
}

// Science.md section 6: twelve seeds gave 102, 148, 275 for the last hidden layer and 168, 512, 595 for the output (least, median, most).
// A crossing is sure after the measured epochs that follow it, so one by epoch 1000 needs the epochs up to 1100.
it('five real seeds of tanh switch where the papers\' network does: the last hidden layer near epoch 150, the output near 500', async () => {
	const preset = loadPreset('tanh');
	const lastHidden: number[] = [];
	const output: number[] = [];
	for (const seed of [1, 2, 3, 4, 5]) {
		const events = await eventsOf({
			...preset, seed, estimators: ['bins'], training: {...preset.training, epochs: 1100},
		});
		lastHidden.push(switchOf(events, 5) ?? Number.NaN);
		output.push(switchOf(events, 6) ?? Number.NaN);
	}

	expect(Math.min(...output)).toBeGreaterThanOrEqual(100);
	expect(Math.max(...output)).toBeLessThanOrEqual(1000);
	expect(quantile(output, 0.5)).toBeGreaterThanOrEqual(300);
	expect(quantile(output, 0.5)).toBeLessThanOrEqual(650);
	expect(quantile(lastHidden, 0.5)).toBeGreaterThanOrEqual(100);
	expect(quantile(lastHidden, 0.5)).toBeLessThanOrEqual(300);
}, 300_000);
