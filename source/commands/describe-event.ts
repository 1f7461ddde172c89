import {
	formatCount, formatNumber, formatPercent, formatRatio,
} from '../chart/format.js';
import {layerLabel} from '../chart/plane.js';
import {countedUnit, totalEpochs} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {estimatorAt} from '../history/select.js';
import {type RunEvent} from '../run/events.js';

/** What an event is in words, a line each of at most `width` columns where it can be; nothing for those that say nothing by themselves. */
export function describeEvent(event: RunEvent, history: History, width: number): string[] {
	switch (event.type) {
		case 'start': {
			return [`Loss in nats; of each layer I(X;T)/I(T;Y) in bits (${event.estimators[0]}), and M/S of its gradients.`];
		}

		case 'epoch': {
			return [epochLine(event, history, width)];
		}

		case 'phase': {
			return [`${event.repeat === undefined ? '' : `${repeatName(event, history)}, `}${phaseLine(event)}`];
		}

		case 'stuck': {
			return [`${repeatName(event, history)} is stuck at chance at epoch ${formatCount(event.epoch)}, and is trained on`];
		}

		case 'repeat-end': {
			return [`${repeatName(event, history)} ${event.reason} at epoch ${formatCount(event.epoch)}${event.message === undefined ? '' : `: ${event.message}`}`];
		}

		case 'pause': {
			return ['paused'];
		}

		case 'resume': {
			return [event.from ? `goes on from the checkpoint at epoch ${formatCount(event.epoch)}` : `goes on at epoch ${formatCount(event.epoch)}`];
		}

		case 'checkpoint': {
			return [`kept at epoch ${formatCount(event.epoch)}`];
		}

		case 'warning': {
			return [`note: ${event.message}`];
		}

		case 'end': {
			return [];
		}
	}
}

/** The last layers first, if there is not room for all: it is there that something happens. */
function epochLine(event: Extract<RunEvent, {type: 'epoch'}>, history: History, width: number): string {
	const estimator = estimatorAt(history, 0);
	const epochWidth = String(totalEpochs(history) ?? 0).length;
	const head = [
		...(event.repeat === undefined ? [] : [repeatName(event, history)]),
		`${countedUnit(history)} ${String(event.epoch).padStart(epochWidth)}`,
		`loss ${formatNumber(event.loss).padEnd(5)}`,
		`train ${formatPercent(event.accuracy.train)}`,
		`test ${formatPercent(event.accuracy.test)}`,
	].join('  ');
	const layers = event.layers.map(({layer, information: {[estimator]: bits}, gradient}) => {
		const plane = bits ? `${bits.x.toFixed(2)}/${bits.y.toFixed(2)}` : '–';
		return `  ${layerLabel(layer)} ${plane} ${formatRatio(gradient?.ratio).padEnd(4)}`;
	});
	while (layers.length > 1 && head.length + layers.join('').length > width) {
		layers.shift();
	}

	return (head + layers.join('')).trimEnd();
}

/** `repeat  2`, as wide as that of every other repeat. */
const repeatName = ({repeat}: {readonly repeat?: number | undefined}, {start}: History): string =>
	`repeat ${String(repeat).padStart(String(start?.repeats ?? 1).length)}`;

function phaseLine({layer, event, epoch, estimator}: Extract<RunEvent, {type: 'phase'}>): string {
	const what = event === 'compression' ? `compression (${estimator ?? ''})` : (event === 'diffusion' ? 'drift to diffusion' : 'drift again');
	return epoch === null ? `layer ${layer}: ${what} withdrawn` : `layer ${layer}: ${what} at epoch ${formatCount(epoch)}`;
}
