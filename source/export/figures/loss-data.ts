import {type History} from '../../history/reduce.js';
import {countedRepeats} from '../../history/repeats.js';
import {type EpochEvent} from '../../run/events.js';
import {placeOfEpoch} from './epoch-axis.js';
import {rounded} from './round.js';
import {spreadOf} from './spread.js';

const quantities = {
	loss: ({loss}: EpochEvent) => loss,
	train: ({accuracy}: EpochEvent) => accuracy.train,
	test: ({accuracy}: EpochEvent) => accuracy.test,
} as const;

/** The loss, and the accuracies on training and test set. */
export type Quantity = keyof typeof quantities;

/** One quantity at one epoch, with the quartiles of the repeats where there are several. */
export type LossRow = {
	readonly quantity: Quantity;
	readonly epoch: number;
	readonly place: number;
	readonly value: number;
	readonly low?: number;
	readonly high?: number;
};

/** Whether there is a loss that has a place on a logarithmic axis. */
export const hasLoss = ({epochs}: History): boolean => epochs.some(({loss}) => loss !== null && loss > 0);

export const lossRows = ({epochs, repeats}: History): LossRow[] => (Object.keys(quantities) as Quantity[]).flatMap(quantity => epochs.flatMap(({epoch}, index) => {
	const events = repeats.length > 0 ? countedRepeats(repeats).map(({history}) => history.epochs[index]) : [epochs[index]];
	const spread = spreadOf(events.map(event => event && quantities[quantity](event)));
	return spread
		? [{
			quantity, epoch, place: placeOfEpoch(epoch), value: rounded(spread.middle), ...(repeats.length > 0 && {low: rounded(spread.low), high: rounded(spread.high)}),
		}]
		: [];
}));
