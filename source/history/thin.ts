import {type EpochEvent} from '../run/events.js';
import {cellOf, gridFor} from '../run/epoch-grid.js';
import {type LayerPhases} from './reduce.js';

/** So many measured epochs of one training are held at the most, whatever its length; ibtop's own runs measure a few hundred. */
const most = 2000;

/** Of each of several repeats no fewer than this, all of a run of 100 000 epochs; and of all of them together about so many. */
const leastOfRepeat = 500;
const mostOfRepeats = 20_000;

/** The newest stay as they are: the pace is taken from neighbours, and a switch is told some measured epochs after it has happened. */
const newest = 100;

/** How many measured epochs of each training are held, where there are so many repeats. */
export const roomFor = (repeats: number): number => repeats <= 1 ? most : Math.max(leastOfRepeat, Math.min(most, Math.floor(mostOfRepeats / repeats)));

/**
The measured epochs, if there are more than `room` only about three quarters of them: dense early, sparse late, as the grid of
`epoch-grid.ts` has it. Never left out are the first, the newest hundred, those with the highest or lowest information of a layer under
an estimator, ratio of a layer's gradients, or loss, and those of the phases known by now; where all these are many, more stay.
*/
export function thinned(epochs: readonly EpochEvent[], phases: readonly LayerPhases[], room = most): readonly EpochEvent[] {
	if (epochs.length <= room) {
		return epochs;
	}

	const settled = epochs.slice(0, -Math.min(newest, room >> 2));
	const marked = new Set([...extremesOf(epochs), ...epochsOfPhases(epochs, phases)]);
	const target = (room * 3 / 4) - (epochs.length - settled.length) - marked.size;
	const cells = gridFor(settled.map(({epoch}) => epoch), Math.max(room >> 2, target));
	return epochs.filter((event, index) => {
		const before = epochs[index - 1];
		return index >= settled.length || before === undefined || marked.has(event) || cellOf(event.epoch, cells) > cellOf(before.epoch, cells);
	});
}

type Quantity = (event: EpochEvent) => number | null | undefined;

/** The events with the highest and the lowest of each quantity; the first of several as high. */
function extremesOf(epochs: readonly EpochEvent[]): EpochEvent[] {
	return quantitiesOf(epochs).flatMap(quantity => {
		let [highest, lowest] = [-Infinity, Infinity];
		let [top, bottom]: Array<EpochEvent | undefined> = [];
		for (const event of epochs) {
			const value = quantity(event);
			if (value === null || value === undefined) {
				continue;
			}

			if (value > highest) {
				highest = value;
				top = event;
			}

			if (value < lowest) {
				lowest = value;
				bottom = event;
			}
		}

		return [top, bottom].filter(event => event !== undefined);
	});
}

/** Loss, ratio of the gradients of each layer, and its two informations under each estimator that is in any of the events. */
function quantitiesOf(epochs: readonly EpochEvent[]): Quantity[] {
	const estimators = new Set(epochs.flatMap(({layers}) => layers[0] ? Object.keys(layers[0].information) : []));
	return [
		({loss}) => loss,
		...(epochs.at(-1)?.layers ?? []).flatMap((_, index): Quantity[] => [
			({layers}) => layers[index]?.gradient?.ratio,
			...[...estimators].flatMap((id): Quantity[] => [
				({layers}) => layers[index]?.information[id]?.x,
				({layers}) => layers[index]?.information[id]?.y,
			]),
		]),
	];
}

/** The first measured epochs at or after the switches, the reversals and the onsets. */
function epochsOfPhases(epochs: readonly EpochEvent[], phases: readonly LayerPhases[]): EpochEvent[] {
	const told = phases.flatMap(({switch: epoch, reversals, onset}) => [epoch, ...reversals, ...Object.values(onset)]);
	return [...new Set(told)].flatMap(at => (at === null ? undefined : epochs.find(({epoch}) => epoch >= at)) ?? []);
}
