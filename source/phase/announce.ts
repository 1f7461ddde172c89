import {type EpochEvent, type PhaseEvent, type RunEvent} from '../run/events.js';
import {onsetIn} from './onset.js';
import {type Place, Series} from './series.js';
import {switchIn} from './switch.js';

type LayerSeries = {
	/** Logarithms of M/S, where S is not 0. */
	readonly ratios: Series;
	/** I(X;T), by estimator. */
	readonly information: Map<string, Series>;
	/** What stands announced, by event and estimator. */
	readonly announced: Map<string, number>;
	readonly reversals: Set<number>;
};

/** Watches a run's `epoch` events and says, as `phase` events, what has happened to its layers, and what must be taken back. */
export class PhaseAnnouncer {
	readonly #layers = new Map<number, LayerSeries>();
	#count = 0;

	/** The announcements that follow from one more event. */
	take(event: RunEvent): PhaseEvent[] {
		return event.type === 'epoch' && this.#isLookedAt() ? this.#add(event).flatMap(layer => this.#announce(layer)) : [];
	}

	/** Takes in the epochs of a run that goes on from where it was left; what stands announced there. */
	recall(events: readonly EpochEvent[]): PhaseEvent[] {
		const layers = new Set(events.flatMap(event => this.#isLookedAt() ? this.#add(event) : []));
		return [...layers].flatMap(layer => this.#announce(layer));
	}

	/** Forgets what was measured at a step and later, and what was announced of later epochs than its: a training that goes on from there says it anew. */
	forgetFrom({epoch, step}: Place): void {
		for (const series of this.#layers.values()) {
			for (const each of [series.ratios, ...series.information.values()]) {
				each.cutFrom(step);
			}

			for (const [key, announced] of series.announced) {
				if (announced > epoch) {
					series.announced.delete(key);
				}
			}

			for (const reversal of series.reversals) {
				if (reversal > epoch) {
					series.reversals.delete(reversal);
				}
			}
		}
	}

	/**
	To look at all that there is costs as much as it is long, and outside trainings may measure every step of a million: beyond five hundred
	measurements only so many are looked at that each adds less than half a percent, more than ibtop's own runs have.
	*/
	#isLookedAt(): boolean {
		this.#count++;
		return this.#count < 500 || this.#count % Math.floor(this.#count / 250) === 0;
	}

	#add({epoch, step, layers}: EpochEvent): number[] {
		return layers.map(({layer, information, gradient}) => {
			const series = this.#seriesOf(layer);
			const place = {epoch, step: step ?? epoch};
			const ratio = gradient?.ratio ?? 0;
			series.ratios.put(place, ratio > 0 ? Math.log(ratio) : undefined);
			for (const [id, {x}] of Object.entries(information)) {
				const bits = series.information.get(id) ?? new Series();
				bits.put(place, x);
				series.information.set(id, bits);
			}

			return layer;
		});
	}

	#announce(layer: number): PhaseEvent[] {
		const series = this.#seriesOf(layer);
		return [...switchEvents(layer, series), ...onsetEvents(layer, series)];
	}

	#seriesOf(layer: number): LayerSeries {
		const series = this.#layers.get(layer) ?? {
			ratios: new Series(), information: new Map(), announced: new Map(), reversals: new Set(),
		};
		this.#layers.set(layer, series);
		return series;
	}
}

function switchEvents(layer: number, series: LayerSeries): PhaseEvent[] {
	const analysis = switchIn(series.ratios.smoothed, index => series.ratios.epochAt(index));
	const epoch = analysis.state === 'switched' ? analysis.epoch : null;
	const moved = change(series.announced, 'diffusion', epoch)
		? [{
			type: 'phase', layer, event: 'diffusion', epoch,
		} as const]
		: [];
	if (moved.length > 0) {
		series.reversals.clear();
	}

	const reversals = analysis.state === 'switched' ? analysis.reversals.filter(reversal => !series.reversals.has(reversal)) : [];
	for (const reversal of reversals) {
		series.reversals.add(reversal);
	}

	return [...moved, ...reversals.map(reversal => ({
		type: 'phase', layer, event: 'reversal', epoch: reversal,
	}) as const)];
}

function onsetEvents(layer: number, series: LayerSeries): PhaseEvent[] {
	return [...series.information].flatMap(([estimator, bits]) => {
		const peak = onsetIn(bits.smoothed);
		const epoch = peak === null ? null : bits.epochAt(peak);
		return change(series.announced, estimator, epoch)
			? [{
				type: 'phase', layer, event: 'compression', estimator, epoch,
			} as const]
			: [];
	});
}

/** Whether what stands announced differs from `epoch`; it does not afterwards. */
function change(announced: Map<string, number>, key: string, epoch: number | null): boolean {
	if ((announced.get(key) ?? null) === epoch) {
		return false;
	}

	if (epoch === null) {
		announced.delete(key);
	} else {
		announced.set(key, epoch);
	}

	return true;
}
