import {type Dataset, measuredTarget} from '../../dataset/dataset.js';
import {type EngineFactory} from '../../engine/registry.js';
import {type Target} from '../../information/entropy.js';
import {type LayerActivations} from '../../information/layer-activations.js';
import {type LayerEstimates} from '../../information/pool.js';
import {type Estimator, parseEstimators} from '../../information/registry.js';
import {PhaseAnnouncer} from '../../phase/announce.js';
import {type Preset} from '../../preset/schema.js';
import {type EndEvent, type EpochEvent, type RepeatEndEvent} from '../../run/events.js';
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
	/** Takes what the repeat tells. */
	readonly tell: (event: RepeatEvent) => void;
};

/** What a repeat came to: its next measured epoch, its end, or `breathe` returned false. */
export type Advance = 'measured' | 'ended' | 'stopped';

export type Repeat = {
	/** Trains up to the next measured epoch. `breathe` is asked between two steps and between two estimates whether to go on. */
	readonly advance: (breathe: () => boolean) => Promise<Advance>;
	readonly standing: () => Standing;
	readonly leave: () => Promise<void>;
};

/** One training among several: the same numbers as alone, a part at a time. Its estimators work in its own thread. */
export function createRepeat({run, preset, repeat, dataset, engine, tell}: RepeatOptions): Repeat {
	const estimators = parseEstimators(preset.estimators);
	const target = measuredTarget(dataset);
	const announcer = new PhaseAnnouncer();
	const isStuck = createStuckWatch();
	// Seconds are those of the run, which threads do not know.
	const training = train({
		run, preset, dataset, engine, seconds: () => 0, isRepeat: true,
	});
	let epoch = 0;
	let information: LayerEstimates[] = [];

	const tellEpoch = (measured: Measured) => {
		const event = withInformation(measured, repeat, information);
		information = [];
		tell(event);
		for (const phase of announcer.take(event)) {
			tell({...phase, repeat});
		}

		if (isStuck(event)) {
			tell({type: 'stuck', repeat, epoch: event.epoch});
		}
	};

	const advance = async (breathe: () => boolean): Promise<Advance> => {
		for (;;) {
			const {value: event, done} = await training.next();
			if (done) {
				throw new Error(`repeat ${repeat} ended without saying why`);
			}

			switch (event.type) {
				case 'breath': {
					epoch = event.epoch;
					break;
				}

				case 'activations': {
					epoch = event.epoch;
					information = estimate(event.layers, estimators, target, breathe);
					break;
				}

				case 'measured': {
					tellEpoch(event);
					return 'measured';
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

			if (!breathe()) {
				return 'stopped';
			}
		}
	};

	return {
		advance,
		standing: () => ({repeat, epoch}),
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

const withInformation = ({type: _type, layers, ...rest}: Measured, repeat: number, information: readonly LayerEstimates[]): EpochEvent => ({
	type: 'epoch',
	repeat,
	...rest,
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
