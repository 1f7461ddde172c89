import {type Dataset, measuredTarget} from '../../dataset/dataset.js';
import {type EngineFactory} from '../../engine/registry.js';
import {type Target} from '../../information/entropy.js';
import {type LayerActivations} from '../../information/layer-activations.js';
import {type LayerEstimates} from '../../information/pool.js';
import {type Estimator, parseEstimators} from '../../information/registry.js';
import {PhaseAnnouncer} from '../../phase/announce.js';
import {type Preset} from '../../preset/schema.js';
import {type Fit} from '../../probes/activations.js';
import {type EndEvent, type EpochEvent, type RepeatEndEvent} from '../../run/events.js';
import {createKeeper} from '../keeper.js';
import {type RepeatState, type TrainingState} from '../state.js';
import {type Measured, train} from '../train.js';
import {type RepeatEvent, type Standing} from './messages.js';
import {createStuckWatch} from './stuck.js';

export type RepeatOptions = {
	readonly run: string;
	/** That of the run, but with the seed of the repeat. */
	readonly preset: Preset;
	readonly repeat: number;
	readonly dataset: Dataset;
	readonly engine: EngineFactory;
	/** Where it was left, and what it had told. */
	readonly from?: TrainingState | undefined;
	readonly past?: readonly EpochEvent[];
	/** Takes what the repeat tells. */
	readonly tell: (event: RepeatEvent) => void;
};

type Looked = {readonly fit: Fit; readonly information: readonly LayerEstimates[]};

/** What a repeat came to: past its next measured epoch, its end, or `breathe` returned false. */
export type Advance = 'measured' | 'ended' | 'stopped';

export type Repeat = {
	/**
	Trains up to the next measured epoch and through it. `breathe` is asked whether to go on, as often as can be: whenever the repeat has a
	state to be left with.
	*/
	readonly advance: (breathe: () => boolean) => Promise<Advance>;
	readonly standing: () => Standing;
	/** What it needs to go on; undefined where it has not begun. */
	readonly state: () => RepeatState | undefined;
	readonly leave: () => Promise<void>;
};

/** One training among several: the same numbers as alone, a part at a time. Its estimators work in its own thread. */
export function createRepeat({run, preset, repeat, dataset, engine, from, past = [], tell}: RepeatOptions): Repeat {
	const estimators = parseEstimators(preset.estimators);
	const target = measuredTarget(dataset);
	const announcer = new PhaseAnnouncer();
	const isStuck = createStuckWatch();
	announcer.recall(past);
	for (const event of past) {
		isStuck(event);
	}

	const keeper = createKeeper();
	// Seconds are those of the run, which threads do not know.
	const training = train({
		run, preset, dataset, engine, seconds: () => 0, isDescribed: true, from,
	});
	let epoch = from?.epoch ?? 0;
	let hasBegun = false;
	let looked: Looked | undefined;

	const tellEpoch = (measured: Measured) => {
		const event = completed(measured, repeat, looked!);
		looked = undefined;
		tell(event);
		for (const phase of announcer.take(event)) {
			tell({...phase, repeat});
		}

		if (isStuck(event)) {
			tell({type: 'stuck', repeat, epoch: event.epoch});
		}
	};

	const advance = async (breathe: () => boolean): Promise<Advance> => {
		for (let isTold = false; ;) {
			keeper.leave();
			const {value: event, done} = await training.next();
			if (done) {
				throw new Error(`repeat ${repeat} ended without saying why`);
			}

			switch (event.type) {
				case 'boundary': {
					epoch = event.epoch;
					hasBegun = true;
					keeper.arrive(event);
					if (isTold) {
						return 'measured';
					}

					break;
				}

				case 'breath': {
					break;
				}

				case 'activations': {
					looked = {fit: event.fit, information: estimate(event.layers, estimators, target, breathe)};
					break;
				}

				case 'measured': {
					tellEpoch(event);
					isTold = true;
					break;
				}

				case 'end': {
					tell(endOf(event, repeat));
					return 'ended';
				}

				case 'warning': {
					tell({type: 'warning', repeat, message: event.message});
					break;
				}

				default: {
					throw new Error(`repeat ${repeat} told a ${event.type} of its own`);
				}
			}

			if (keeper.canLeave() && !breathe()) {
				return 'stopped';
			}
		}
	};

	return {
		advance,
		standing: () => ({repeat, epoch}),
		state: () => hasBegun ? {repeat, state: keeper.state()} : (from && {repeat, state: from}),
		async leave() {
			await training.return();
		},
	};
}

/** The information of each layer under every estimator; ends early where it must not go on. */
function estimate(layers: readonly LayerActivations[], estimators: readonly Estimator[], target: Target, breathe: () => boolean): LayerEstimates[] {
	const found: LayerEstimates[] = [];
	for (const layer of layers) {
		const estimates: LayerEstimates = {};
		for (const estimator of estimators) {
			if (!breathe()) {
				return found;
			}

			estimates[estimator.id] = estimator.estimate(layer, target);
		}

		found.push(estimates);
	}

	return found;
}

const completed = ({type: _type, layers, ...rest}: Measured, repeat: number, {fit, information}: Looked): EpochEvent => ({
	type: 'epoch',
	repeat,
	...rest,
	...fit,
	layers: layers.map(({layer, ...others}, index) => ({layer, information: information[index]!, ...others})),
});

function endOf({reason, epoch = 0, message}: EndEvent, repeat: number): RepeatEndEvent {
	if (reason !== 'finished' && reason !== 'diverged') {
		throw new Error(`repeat ${repeat} ended as ${reason}`);
	}

	return {
		type: 'repeat-end', repeat, reason, epoch, ...(message !== undefined && {message}),
	};
}
