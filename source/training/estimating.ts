import {setImmediate as nextTurn} from 'node:timers/promises';
import {type EstimatorPool} from '../information/pool.js';
import {type EpochEvent, type RunEvent} from '../run/events.js';
import {type Checkpoint} from './state.js';
import {type Measured, type TrainingEvent} from './train.js';

/** Measured epochs that may wait for their information before training waits for them. */
const mostPending = 2;

type Pending = {readonly event: EpochEvent | undefined};

/**
Adds the information to what is measured. Estimators work beside the training, but events keep their order: an epoch's waits for its
information, and what is no epoch waits for the epochs before it. While training has to wait, its thread estimates as well.
*/
export async function * estimating(source: AsyncIterable<TrainingEvent | Checkpoint>, pool: EstimatorPool): AsyncGenerator<RunEvent | Checkpoint, void> {
	const pending: Array<{readonly done: Promise<EpochEvent>; readonly state: Pending}> = [];
	let information: Promise<LayerInformation> | undefined;
	for await (const event of source) {
		switch (event.type) {
			case 'boundary':
			case 'breath': {
				break;
			}

			case 'activations': {
				information = pool.estimate(event.layers);
				// Whoever awaits it later hears of a failure; until then it is nobody's.
				information.catch(() => undefined);
				break;
			}

			case 'measured': {
				pending.push(follow(event, information!));
				break;
			}

			default: {
				for (const {done} of pending.splice(0)) {
					yield await done;
				}

				yield event;
			}
		}

		while (pending.length > 0 && (pending[0]!.state.event !== undefined || pending.length > mostPending)) {
			const {done, state} = pending.shift()!;
			while (state.event === undefined && pool.help()) {
				// Hear of what the other threads have done.
				await nextTurn();
			}

			yield await done;
		}
	}
}

type LayerInformation = Awaited<ReturnType<EstimatorPool['estimate']>>;

function follow(measured: Measured, information: Promise<LayerInformation>) {
	const state: {event: EpochEvent | undefined} = {event: undefined};
	const done = information.then(found => {
		state.event = withInformation(measured, found);
		return state.event;
	});
	done.catch(() => undefined);
	return {done, state};
}

const withInformation = (measured: Measured, found: LayerInformation): EpochEvent => ({
	...measured,
	type: 'epoch',
	layers: measured.layers.map(({layer, ...rest}, index) => ({layer, information: found[index]!, ...rest})),
});
