import {type FigureOptions, type Specification, type Subject} from '../../source/export/figures/figure.js';
import {type FigureName} from '../../source/export/figures/names.js';
import {figures} from '../../source/export/figures/registry.js';
import {parseLength} from '../../source/export/length.js';
import {type History, reduce} from '../../source/history/reduce.js';
import {exampleEpoch, exampleStart, historyOf} from './example.js';

export const figureOptions = (options: Partial<FigureOptions> = {}): FigureOptions => ({
	by: 'layer', estimators: undefined, width: parseLength('85mm', '--width'), ...options,
});

/** A figure of runs; one run where it takes only one. */
export const figureOf = (name: FigureName, subjects: readonly Subject[], options: Partial<FigureOptions> = {}): Specification =>
	figures[name].build(subjects as readonly [Subject], figureOptions(options));

/** A run with several repeats that differ by a tenth of a bit from one to the next. */
export function repeatedHistory(count: number, epochs: readonly number[] = [0, 1, 5, 20, 100]): History {
	let history = historyOf({...exampleStart({epochs: 100}), repeats: count});
	for (const epoch of epochs) {
		for (let repeat = 1; repeat <= count; repeat++) {
			const event = exampleEpoch(epoch);
			const layers = event.layers.map(layer => ({
				...layer, information: Object.fromEntries(Object.entries(layer.information).map(([id, {x, y}]) => [id, {x: x - (repeat / 10), y}])),
			}));
			history = reduce(history, {
				...event, repeat, loss: event.loss! * repeat, layers,
			});
		}
	}

	return history;
}
