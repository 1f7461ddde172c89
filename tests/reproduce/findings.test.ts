import {
	describe, expect, it, vi,
} from 'vitest';
import {epochEvents, eventsOf} from '../helpers/train.js';
import {median} from '../../source/history/repeats.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {loadPreset} from '../../source/preset/load.js';
import {type EpochEvent} from '../../source/run/events.js';

vi.setConfig({testTimeout: 300_000});

/** The findings of the papers, on runs of three seeds, shortened where that shows them too; `npm run reproduce` has the whole ones. */
async function runsOf(preset: string, estimator: string, epochs: number): Promise<EpochEvent[][]> {
	const base = loadPreset(preset);
	const runs: EpochEvent[][] = [];
	for (const seed of [1, 2, 3]) {
		runs.push(epochEvents(await eventsOf({
			...base, seed, estimators: [estimator], training: {...base.training, epochs},
		})));
	}

	return runs;
}

/** Bits that a layer (from the end: −1 is the output) has lost from its highest I(X;T): the median of the runs. */
const lost = (runs: readonly EpochEvent[][], layer: number, estimator: string): number => median(runs.map(run => {
	const bits = run.map(({layers}) => layers.at(layer)!.information[estimator]!.x);
	return Math.max(...bits) - bits.at(-1)!;
}))!;

describe('the findings, in short', () => {
	it('tanh: under bins the last hidden layer loses at least three bits, and the output compresses [ST17]', async () => {
		const runs = await runsOf('tanh', 'bins', 8000);
		expect(lost(runs, -2, 'bins')).toBeGreaterThanOrEqual(3);
		expect(lost(runs, -1, 'bins')).toBeGreaterThanOrEqual(1);
	});

	it('relu: under cells of a width the last hidden layer loses less than 0.6 bits, and the output compresses [S18]; it switches too', async () => {
		const runs = await runsOf('relu', 'width:0.07', 4000);
		expect(lost(runs, -2, 'width:0.07')).toBeLessThan(0.6);
		expect(lost(runs, -1, 'width:0.07')).toBeGreaterThanOrEqual(1);
		for (const run of runs) {
			const switched = new PhaseAnnouncer().recall(run).filter(({event, epoch}) => event === 'diffusion' && epoch !== null);
			expect(switched.map(({layer}) => layer)).toEqual([1, 2, 3, 4, 5, 6]);
		}
	});

	it('tanh of 8 bits: exactly, the first four layers keep at least 11.9 bits, and the output loses at least three [L22]', async () => {
		const runs = await runsOf('tanh-8bit', 'exact:8', 4000);
		for (const layer of [1, 2, 3, 4]) {
			const kept = median(runs.map(run => Math.min(...run.map(({layers}) => layers[layer - 1]!.information['exact:8']!.x))))!;
			expect(kept).toBeGreaterThanOrEqual(11.9);
		}

		expect(lost(runs, -1, 'exact:8')).toBeGreaterThanOrEqual(3);
	});

	it('relu of 8 bits: the output compresses, exactly [L22]', async () => {
		const runs = await runsOf('relu-8bit', 'exact:8', 4000);
		expect(lost(runs, -1, 'exact:8')).toBeGreaterThanOrEqual(1);
	});
});
