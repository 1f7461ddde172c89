import {formatCount, formatNumber, formatPercent} from '../chart/format.js';
import {countedUnit, titleOf, totalEpochs} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {networkPhase} from '../history/select.js';
import {type RunEvent} from '../run/events.js';

/** Milliseconds between sentences. */
const pause = 1000;

export type Speaker = {
	readonly hear: (event: RunEvent, history: History) => void;
	/** Says what has not been said yet. */
	readonly finish: () => void;
};

/**
Speaks for a screen reader: whole sentences, on change only, at most once a second. What happens within a second is said in one go,
the numbers as they are at its end.
*/
export function createSpeaker(say: (sentence: string) => void): Speaker {
	let happened: string[] = [];
	/** As it is now, if epochs have passed since it was told. */
	let progressed: History | undefined;
	let timer: NodeJS.Timeout | undefined;
	let last = -Infinity;
	let lastSaid = '';

	const speak = () => {
		clearTimeout(timer);
		timer = undefined;
		const sentence = [...happened, progressed ? progressSentence(progressed) : ''].filter(Boolean).join(' ');
		happened = [];
		progressed = undefined;
		if (sentence !== '' && sentence !== lastSaid) {
			last = performance.now();
			lastSaid = sentence;
			say(sentence);
		}
	};

	return {
		hear(event, history) {
			if (event.type === 'epoch') {
				// Of several repeats, the history may hold none of this one's.
				progressed = history.epochs.length > 0 ? history : undefined;
			} else {
				progressed &&= history;
				happened.push(...eventSentences(event));
			}

			timer ??= setTimeout(speak, Math.max(0, pause - (performance.now() - last)));
		},
		finish: speak,
	};
}

function progressSentence(history: History): string {
	const {epoch, loss, accuracy} = history.epochs.at(-1)!;
	const {switched, layers} = networkPhase(history);
	const test = accuracy.test === null ? '' : `, test accuracy ${formatPercent(accuracy.test)}`;
	const phase = layers === 0 ? '' : ` ${switched} of ${layers} layers have switched from drift to diffusion.`;
	const total = totalEpochs(history);
	const place = `${countedUnit(history) === 'step' ? 'Step' : 'Epoch'} ${formatCount(epoch)}${total === undefined ? '' : ` of ${formatCount(total)}`}`;
	return `${place}, loss ${formatNumber(loss)}${test}.${phase}`;
}

function eventSentences(event: Exclude<RunEvent, {type: 'epoch'}>): string[] {
	switch (event.type) {
		case 'start': {
			return [event.preset ? `Training ${event.preset.name} with ${event.layers.length} layers on the engine ${event.engine ?? '?'}.` : `Watching ${titleOf(event)} with ${event.layers.length} layers.`];
		}

		case 'phase': {
			// Those of many repeats would drown everything else.
			return event.repeat === undefined ? [phaseSentence(event)] : [];
		}

		case 'stuck': {
			return [`Repeat ${event.repeat} is stuck at chance at epoch ${formatCount(event.epoch)}.`];
		}

		case 'repeat-end': {
			return [event.reason === 'finished' ? `Repeat ${event.repeat} has finished.` : `Repeat ${event.repeat} diverged: ${event.message ?? 'numbers became NaN'}.`];
		}

		case 'pause': {
			return ['Training is paused.'];
		}

		case 'resume': {
			return [`Training goes on ${event.from ? 'from the checkpoint ' : ''}at epoch ${formatCount(event.epoch)}.`];
		}

		case 'checkpoint': {
			return [`The run can go on from epoch ${formatCount(event.epoch)}.`];
		}

		case 'warning': {
			return [event.message];
		}

		case 'end': {
			return [];
		}
	}
}

function phaseSentence({layer, event, epoch, estimator}: Extract<RunEvent, {type: 'phase'}>): string {
	const what = {diffusion: 'switches from drift to diffusion', reversal: 'drifts again', compression: `compresses, as ${estimator ?? 'the estimator'} sees it,`}[event];
	return epoch === null ? `Layer ${layer}: what was said before is withdrawn, it has not been so.` : `Layer ${layer} ${what} from epoch ${formatCount(epoch)}.`;
}
