import {describe, expect, it} from 'vitest';
import {createCheckpointTimer} from '../../source/training/checkpoint-timer.js';
import {createKeeper} from '../../source/training/keeper.js';
import {type TrainingState} from '../../source/training/state.js';

/** A boundary whose state is its epoch, and that counts how often it is taken. */
function boundaryAt(epoch: number, isMeasured = false) {
	const taken = {count: 0};
	return {
		taken,
		boundary: {
			type: 'boundary', epoch, isMeasured, isLast: false, capture() {
				taken.count++;
				const state: TrainingState = {
					epoch, order: new Int32Array(), random: null, engine: {parameters: {weights: [], biases: []}, steps: 0, slots: []},
				};
				return state;
			},
		} as const,
	};
}

describe('the keeper of states', () => {
	it('takes none where epochs are short, but for the first and those that are measured', () => {
		let time = 0;
		const keeper = createKeeper(() => time);
		const counts = Array.from({length: 10}, (_, epoch) => {
			const {boundary, taken} = boundaryAt(epoch, epoch === 7);
			time += 20;
			keeper.arrive(boundary);
			expect(keeper.canLeave()).toBe(true);
			keeper.leave();
			expect(keeper.canLeave()).toBe(epoch === 0 || epoch === 7);
			return taken.count;
		});
		expect(counts).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
	});

	it('has the state before an epoch at hand where epochs are long, and at a boundary the state there', () => {
		let time = 0;
		const keeper = createKeeper(() => time);
		for (const epoch of [0, 1, 2]) {
			time += 1000;
			keeper.arrive(boundaryAt(epoch).boundary);
			keeper.leave();
			expect(keeper.state().epoch).toBe(epoch);
		}

		time += 5;
		keeper.arrive(boundaryAt(3).boundary);
		expect(keeper.state().epoch).toBe(3);
	});
});

describe('the time for checkpoints', () => {
	it('is one second after the beginning, then every five, and later where they take long: 0.5 % of the time', () => {
		let time = 0;
		const timer = createCheckpointTimer(undefined, () => time);
		expect(timer.isDue()).toBe(false);
		time = 1000;
		expect(timer.isDue()).toBe(true);
		time = 1001;
		timer.taken(1000);
		time = 6000;
		expect(timer.isDue()).toBe(false);
		time = 6001;
		expect(timer.isDue()).toBe(true);
		time = 6101;
		timer.taken(6001);
		time = 26_100;
		expect(timer.isDue()).toBe(false);
		time = 26_101;
		expect(timer.isDue()).toBe(true);
	});

	it('is as often as is said, or never', () => {
		let time = 0;
		const [often, never] = [0.2, 0].map(seconds => createCheckpointTimer(seconds, () => time));
		time = 199;
		expect(often!.isDue()).toBe(false);
		time = 200;
		expect(often!.isDue()).toBe(true);
		time = 1e9;
		expect(never!.isDue()).toBe(false);
	});
});
