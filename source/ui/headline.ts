/** The sentences of the header and the status line; pure text, without a terminal. */
import {
	formatCount, formatDuration, formatNumber, formatPercent, formatSetting,
} from '../chart/format.js';
import {
	countedUnit, lacksGradients, titleOf, totalEpochs,
} from '../history/about.js';
import {pace} from '../history/pace.js';
import {currentEpoch, networkPhase} from '../history/select.js';
import {type History} from '../history/reduce.js';
import {repeatsText} from '../history/repeats.js';

export type Segment = {
	readonly text: string;
	/** Those with the highest numbers go first when the room is short. */
	readonly rank: number;
	readonly isStrong?: boolean;
};

/** Takes away the least important segments until the rest, two spaces apart, fits. */
export function fitSegments(segments: readonly Segment[], width: number): Segment[] {
	const kept = segments.filter(({text}) => text !== '');
	while (kept.length > 1 && kept.reduce((sum, {text}) => sum + [...text].length + 2, 0) - 2 > width) {
		const worst = Math.max(...kept.map(({rank}) => rank));
		kept.splice(kept.findLastIndex(({rank}) => rank === worst), 1);
	}

	return kept;
}

/** `DRIFT`, `SWITCHING (3 of 6)`, `DIFFUSION`. */
export function phaseText(history: History): string {
	// Nothing is known of a switch without gradients.
	if (lacksGradients(history)) {
		return '';
	}

	const phase = networkPhase(history);
	switch (phase.name) {
		case 'waiting': {
			return '';
		}

		case 'undefined': {
			return isOneBatch(history) ? 'SWITCH n/a (one batch an epoch)' : 'SWITCH n/a';
		}

		case 'no-drift': {
			return 'NO DRIFT SEEN';
		}

		case 'drift': {
			return 'DRIFT';
		}

		case 'switching': {
			return `SWITCHING (${phase.switched} of ${phase.layers})`;
		}

		case 'diffusion': {
			return 'DIFFUSION';
		}
	}
}

export const isOneBatch = ({start}: History): boolean => start?.preset !== undefined && start.preset.training.batchSize >= (start.trainingSamples ?? Infinity);

/** What is trained: name, widths, optimiser, engine, seed. */
export function describeTraining({start, repeats, joint}: History): Segment[] {
	if (!start) {
		return [];
	}

	const {preset, seed, engine, features, layers, samples, source} = start;
	const widths = {text: [...(features ? [features] : []), ...layers.map(({width}) => width)].join('-'), rank: 4};
	if (!preset) {
		return [{text: titleOf(start), rank: 0, isStrong: true}, widths, {text: `${formatCount(samples)} rows`, rank: 5}, {text: source ? `from a ${source.kind}` : '', rank: 6}];
	}

	const {optimizer, batchSize} = preset.training;
	return [
		{text: preset.name, rank: 0, isStrong: true},
		{text: preset.network.activation === preset.name ? '' : preset.network.activation, rank: 3},
		widths,
		{text: `${optimizer.name} ${formatSetting(optimizer.learningRate)}`, rank: 5},
		{text: `batch ${batchSize}`, rank: 7},
		repeats.length > 0 ? {text: joint?.text ?? repeatsText(repeats), rank: 1} : {text: `seed ${seed ?? '?'}`, rank: 6},
		{text: engine ?? '', rank: 2},
	];
}

/** Whether the run goes on, and how it ended if not. */
export function stateText(history: History): string {
	if (history.trainer === 'gone') {
		return 'GONE';
	}

	if (history.end) {
		// A frozen picture ends earlier than the run, and knows nothing of its length.
		const last = history.epochs.at(-1);
		const taken = last && last.epoch === history.end.epoch ? ` in ${formatDuration(last.seconds)}` : '';
		return history.end.reason === 'finished' ? `FINISHED${taken}` : history.end.reason.toUpperCase();
	}

	if (history.trainer === 'died') {
		return history.start?.source?.kind === 'pipe' ? 'PIPE ENDED' : 'DIED';
	}

	return history.isPaused ? 'PAUSED' : ({silent: 'SILENT', full: 'DISK FULL', alive: ''}[history.trainer]);
}

/** Loss, accuracy, pace and the time left. */
export function progressSegments(history: History): Segment[] {
	const last = history.epochs.at(-1);
	const speed = pace(history);
	const state = stateText(history);
	// A time that is only known to be shorter is long in words too, and must not push away what is sure.
	return [
		{text: last ? `loss ${formatNumber(last.loss)}` : '', rank: 4},
		{text: last ? `train ${formatPercent(last.accuracy.train)}` : '', rank: 5},
		{text: last?.accuracy.test === null || !last ? '' : `test ${formatPercent(last.accuracy.test)}`, rank: 3},
		{text: speed && state === '' ? `${formatCount(Math.round(speed.perSecond * (speed.perSecond < 10 ? 10 : 1)) / (speed.perSecond < 10 ? 10 : 1))} ${countedUnit(history) === 'step' ? 'steps' : 'ep'}/s` : '', rank: 2},
		{text: speed?.secondsLeft !== undefined && state === '' ? `eta ${speed.isAtMost ? '< ' : ''}${formatDuration(speed.secondsLeft)}` : '', rank: speed?.isAtMost ? 6 : 1},
		{text: state, rank: 0, isStrong: true},
	];
}

/** How far the training is, from 0 to 1; undefined where nobody knows how long it will be. */
export function progressOf(history: History): number | undefined {
	const total = totalEpochs(history);
	return history.joint?.progress ?? (history.start ? (total === undefined ? undefined : currentEpoch(history) / total) : 0);
}

/** `epoch 1,284/8,000`; `step 1,284` of a training that somebody else has in hand. */
export function epochText(history: History): string {
	const total = totalEpochs(history);
	return history.start
		? `${countedUnit(history)} ${formatCount(currentEpoch(history))}${total === undefined ? '' : `/${formatCount(total)}`}`
		: 'waiting for the trainer';
}
