import {type EpochEvent, type PhaseEvent, type RunEvent} from '../run/events.js';
import {findOnset} from './onset.js';
import {analyseSwitch, type RatioPoint} from './switch.js';

type LayerSeries = {
	readonly ratios: RatioPoint[];
	readonly information: Map<string, Array<{epoch: number; x: number}>>;
	/** What stands announced, by event and estimator. */
	readonly announced: Map<string, number>;
	readonly reversals: Set<number>;
};

/** Watches a run's `epoch` events and says, as `phase` events, what has happened to its layers, and what must be taken back. */
export class PhaseAnnouncer {
	readonly #layers = new Map<number, LayerSeries>();

	/** The announcements that follow from one more event. */
	take(event: RunEvent): PhaseEvent[] {
		return event.type === 'epoch' ? this.#add(event).flatMap(layer => this.#announce(layer)) : [];
	}

	/** Takes in the epochs of a run that goes on from where it was left; what stands announced there. */
	recall(events: readonly EpochEvent[]): PhaseEvent[] {
		const layers = new Set(events.flatMap(event => this.#add(event)));
		return [...layers].flatMap(layer => this.#announce(layer));
	}

	#add({epoch, layers}: EpochEvent): number[] {
		return layers.map(({layer, information, gradient}) => {
			const series = this.#seriesOf(layer);
			series.ratios.push({epoch, ratio: gradient?.ratio ?? null});
			for (const [id, {x}] of Object.entries(information)) {
				const points = series.information.get(id) ?? [];
				points.push({epoch, x});
				series.information.set(id, points);
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
			ratios: [], information: new Map(), announced: new Map(), reversals: new Set(),
		};
		this.#layers.set(layer, series);
		return series;
	}
}

function switchEvents(layer: number, series: LayerSeries): PhaseEvent[] {
	const analysis = analyseSwitch(series.ratios);
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
	return [...series.information].flatMap(([estimator, points]) => {
		const epoch = findOnset(points);
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
