import {type PlanePoint} from '../../chart/plane.js';
import {type History} from '../../history/reduce.js';
import {countedRepeats} from '../../history/repeats.js';
import {planePoints} from '../../history/select.js';
import {rounded} from './round.js';
import {spreadOf} from './spread.js';
import {layersOf, startOf} from './subject.js';

/**
One thing in a plane. `kind`: where a layer is (`trail`; the median of the repeats where there are several), where its trail ends
(`end`), where it is when its gradients switch from drift to diffusion (`switch`), where each repeat is at the last epoch (`repeat`),
the quartiles of the repeats around a few of the points (`spread`), the information-bottleneck bound (`bound`), the layer's number
beside its end (`label`).
*/
export type PlaneRow = {
	/** Which of the planes of a figure it belongs to. */
	readonly panel: string;
	readonly kind: 'trail' | 'end' | 'switch' | 'repeat' | 'spread' | 'bound' | 'label';
	readonly layer?: number;
	readonly epoch?: number;
	/** I(X;T) and I(T;Y), in bits. */
	readonly x: number;
	readonly y: number;
	readonly xLow?: number;
	readonly xHigh?: number;
	readonly yLow?: number;
	readonly yHigh?: number;
	readonly text?: string;
};

/** Spreads are drawn at the start, and then at so many epochs from the tenth on, evenly on a logarithmic axis. */
const spreadCount = 6;
const spreadStart = 10;

/** All that a plane shows of one run under one estimator, but for the labels. */
export const planeRows = (history: History, estimator: string, panel: string): PlaneRow[] => [
	...(startOf(history).bound?.points ?? []).map(({x, y}): PlaneRow => ({
		panel, kind: 'bound', x: rounded(x), y: rounded(y),
	})),
	...layersOf(history).flatMap(layer => layerRows(history, layer, estimator, panel)),
];

function layerRows(history: History, layer: number, estimator: string, panel: string): PlaneRow[] {
	const row = (kind: PlaneRow['kind']) => ({epoch, x, y}: PlanePoint): PlaneRow => ({
		panel, kind, layer, epoch, x: rounded(x), y: rounded(y),
	});
	const points = planePoints(history, layer, estimator);
	const switched = history.phases[layer - 1]?.switch ?? undefined;
	const atSwitch = switched === undefined ? undefined : points.find(({epoch}) => epoch >= switched);
	return [
		...points.map(point => row('trail')(point)),
		...points.slice(-1).map(point => row('end')(point)),
		...(atSwitch ? [row('switch')(atSwitch)] : []),
		...bitsOfRepeats(history, layer, estimator, history.epochs.length - 1).map(bits => row('repeat')(bits)),
		...spreadPlaces(history).flatMap(place => {
			const bits = bitsOfRepeats(history, layer, estimator, place);
			const [x, y] = [spreadOf(bits.map(each => each.x)), spreadOf(bits.map(each => each.y))];
			return x && y && points[place]
				? [{
					...row('spread')(points[place]), xLow: rounded(x.low), xHigh: rounded(x.high), yLow: rounded(y.low), yHigh: rounded(y.high),
				}]
				: [];
		}),
	];
}

/** The places of the measured epochs at which spreads are drawn; none where there is one seed only. */
function spreadPlaces({epochs, repeats}: History): readonly number[] {
	const last = epochs.at(-1)?.epoch ?? 0;
	if (countedRepeats(repeats).length < 2) {
		return [];
	}

	const targets = Array.from({length: spreadCount}, (_, index) => Math.floor(spreadStart * ((last / spreadStart) ** (index / (spreadCount - 1)))));
	return [...new Set([0, ...targets].map(target => epochs.findIndex(({epoch}) => epoch >= target)))].filter(place => place >= 0);
}

/** What the repeats that count have measured at a place. */
const bitsOfRepeats = ({repeats}: History, layer: number, estimator: string, place: number) =>
	countedRepeats(repeats).flatMap(({history}) => {
		const event = history.epochs[place];
		const bits = event?.layers[layer - 1]?.information[estimator];
		return event && bits ? [{epoch: event.epoch, x: bits.x, y: bits.y}] : [];
	});
