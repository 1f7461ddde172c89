/** From the history of a run with repeats to the figures of the table: medians over the repeats, with least and greatest. */
import {formatPercent} from '../../source/chart/format.js';
import {layerLabel} from '../../source/chart/plane.js';
import {type History} from '../../source/history/reduce.js';
import {countedRepeats, median, rangeOf} from '../../source/history/repeats.js';

type Told = readonly string[];

export const columns = ['preset', 'estimator', 'layer', 'I(X;T) start → peak (epoch) → end', 'I(T;Y) end', 'lost from the peak', 'nine tenths of it by epoch', 'switch', 'onset', 'onset before switch'] as const;

/** Those repeats that are not stuck, or the run itself where it has none. */
const countedOf = (history: History): readonly History[] => history.repeats.length > 0 ? countedRepeats(history.repeats).map(({history: own}) => own) : [history];

/** A row for each layer that is told: the last hidden one and the output, or all. */
export function rowsOf(history: History, estimator: string, layers: readonly number[]): Told[] {
	const repeats = countedOf(history);
	return layers.map(layer => {
		const series = repeats.map(({epochs}) => epochs.map(event => ({epoch: event.epoch, ...event.layers[layer - 1]!.information[estimator]!})));
		const peaks = series.map(points => points.find(({x}) => x === Math.max(...points.map(point => point.x)))!);
		const onsets = repeats.map(({phases}) => phases[layer - 1]!.onset[estimator] ?? null);
		const switches = repeats.map(({phases}) => phases[layer - 1]!.switch);
		const both = onsets.flatMap((onset, index) => onset !== null && switches[index] !== null ? [onset < switches[index]!] : []);
		return [
			history.start!.preset!.name,
			estimator,
			layer === history.start!.layers.length ? 'output' : layerLabel(layer),
			`${bits(series.map(points => points[0]!.x))} → ${bits(peaks.map(({x}) => x))} (${epochs(peaks.map(({epoch}) => epoch))}) → ${bits(series.map(points => points.at(-1)!.x))}`,
			bits(series.map(points => points.at(-1)!.y)),
			bits(peaks.map((peak, index) => peak.x - series[index]!.at(-1)!.x)),
			happened(repeats.map((_, index) => onsets[index] === null ? null : endOfCompression(series[index]!, peaks[index]!.epoch))),
			happened(switches),
			happened(onsets),
			both.length === 0 ? 'n/a' : `${both.filter(Boolean).length} of ${both.length}`,
		];
	});
}

/** The first epoch after the peak at which nine tenths of the bits are gone that are gone at the end; null if none are. */
function endOfCompression(points: ReadonlyArray<{readonly epoch: number; readonly x: number}>, peak: number): number | null {
	const [highest, last] = [points.find(({epoch}) => epoch === peak)!.x, points.at(-1)!.x];
	return points.find(({epoch, x}) => epoch > peak && highest - x >= 0.9 * (highest - last))?.epoch ?? null;
}

/** One line on the whole run: how many repeats count, accuracy, epochs to 95 % on the training set. */
export function summaryOf(history: History): string {
	const repeats = countedOf(history);
	const last = repeats.map(({epochs: all}) => all.at(-1)!);
	const learnt = repeats.map(({epochs: all}) => all.find(({accuracy}) => (accuracy.train ?? 0) >= 0.95)?.epoch ?? null);
	const stuck = history.repeats.filter(({isStuck}) => isStuck).length;
	return [
		`${history.start!.preset!.name}: ${repeats.length} of ${Math.max(1, history.repeats.length)} seeds${stuck > 0 ? ` (${stuck} stuck at chance)` : ''}`,
		`${last[0]!.epoch} epochs, batch ${history.start!.preset!.training.batchSize}`,
		`accuracy train ${percent(last.map(({accuracy}) => accuracy.train))}, test ${percent(last.map(({accuracy}) => accuracy.test))}`,
		`95 % in training at epoch ${happened(learnt)}`,
	].join('; ');
}

type Numbers = ReadonlyArray<number | null>;

const bits = (numbers: Numbers): string => spread(numbers, value => value.toFixed(2));
const epochs = (numbers: Numbers): string => spread(numbers, value => value.toFixed(0));
const percent = (numbers: Numbers): string => spread(numbers, value => formatPercent(value));

/** `3.4 [2.4–4.1]`. */
function spread(numbers: Numbers, format: (value: number) => string): string {
	const [middle, range] = [median(numbers), rangeOf(numbers)];
	return middle === null || range === null ? '–' : `${format(middle)} [${format(range[0])}–${format(range[1])}]`;
}

/** Epochs of what has happened in some of the repeats: `164 [103–212]`, with `, 7 of 10` where not in all. */
function happened(numbers: Numbers): string {
	const count = numbers.filter(number => number !== null).length;
	return count === 0 ? 'none' : `${epochs(numbers)}${count < numbers.length ? `, ${count} of ${numbers.length}` : ''}`;
}
