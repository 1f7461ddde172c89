import {
	formatCount, formatDuration, formatNumber, formatPercent, formatRatio,
} from '../chart/format.js';
import {type Glyphs} from '../chart/glyphs.js';
import {layerLabel, planeChart} from '../chart/plane.js';
import {
	countedUnit, lacksGradients, saturationText, titleOf,
} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {repeatsText} from '../history/repeats.js';
import {
	currentEpoch, estimatorAt, networkPhase, planePoints, switchOf, type SwitchState,
} from '../history/select.js';

/**
What is left of a run when the screen is gone: how it ended, the final plane drawn and in numbers, switch and onset per layer.
`isTraining`: it has not ended, only the look at it.
*/
export function summaryLines(history: History, width: number, glyphs: Glyphs, isTraining = false): string[] {
	const {start, epochs} = history;
	const last = epochs.at(-1);
	if (!start || !last) {
		return ['Nothing was measured.'];
	}

	const estimator = estimatorAt(history, 0);
	const taken = formatDuration(last.seconds);
	const saturation = saturationText(history);
	const trails = start.layers.map(({layer}) => ({layer, label: layerLabel(layer), points: planePoints(history, layer, estimator)}));
	return [
		`${titleOf(start)} ${isTraining ? 'is' : howItEnded(history)} at ${countedUnit(history)} ${formatCount(history.end?.epoch ?? currentEpoch(history))} after ${taken}: ${settingOf(history)}.`,
		`Loss ${formatNumber(last.loss)} nats, train accuracy ${formatPercent(last.accuracy.train)}, test accuracy ${formatPercent(last.accuracy.test)}.`,
		'',
		`Information plane, ${estimator}, in bits:`,
		...planeChart({
			width: Math.min(72, width - 1), height: 16, trails, domain: {x: [0, start.bounds.x], y: [0, start.bounds.y]}, colorBy: 'layer', glyphs,
		}).toLines().map(line => line.trimEnd()),
		'',
		...layerTable(history, estimator),
		...(saturation === undefined ? [] : [`${saturation}.`]),
		'',
		networkSentence(history, glyphs),
	];
}

/** How it was trained; of an outside training, what is known of it. */
function settingOf({start, repeats}: History): string {
	const {preset, seed, engine, samples, source} = start!;
	if (!preset) {
		return `trained elsewhere, ${formatCount(samples)} rows${source ? ` from a ${source.kind}` : ''}`;
	}

	const seeds = repeats.length > 0 ? `${repeatsText(repeats)} from ${seed ?? '?'} on` : `seed ${seed ?? '?'}`;
	return `engine ${engine ?? '?'}, ${seeds}, batch ${preset.training.batchSize}`;
}

function layerTable(history: History, estimator: string): string[] {
	const header = ['layer', 'I(X;T)', 'I(T;Y)', 'M/S', 'switch', 'compression'];
	const last = history.epochs.at(-1)!;
	const rows = history.start!.layers.map(({layer, name}) => {
		const measurement = last.layers[layer - 1];
		const bits = measurement?.information[estimator];
		const onset = history.phases[layer - 1]?.onset[estimator];
		return [
			`${layerLabel(layer)} ${name}`,
			bits?.x.toFixed(3) ?? 'none',
			bits?.y.toFixed(3) ?? 'none',
			formatRatio(measurement?.gradient?.ratio),
			switchSentence(switchOf(history, layer)),
			onset === null || onset === undefined ? 'none' : `from ${onset}`,
		];
	});
	const widths = header.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)));
	return [header, ...rows].map(row => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
}

function switchSentence(state: SwitchState): string {
	switch (state.state) {
		case 'undefined': {
			return 'n/a';
		}

		case 'never-drifted': {
			return 'never drifted';
		}

		case 'not-yet': {
			return 'not yet';
		}

		case 'switched': {
			return state.reversals.length > 0 ? `${state.epoch} (drift again ${state.reversals.join(', ')})` : String(state.epoch);
		}
	}
}

function networkSentence(history: History, {arrow}: Glyphs): string {
	if (lacksGradients(history)) {
		return `No gradients were given, so there is no switch to find${history.start?.source?.kind === 'directory' ? ': add grad/<layer> to the files' : ''}.`;
	}

	const phase = networkPhase(history);
	if (phase.name === 'undefined') {
		return 'The gradients have no spread (one batch an epoch, or no gradient at all), so there is no switch to find.';
	}

	if (phase.name === 'no-drift') {
		return 'The gradients\' mean was never longer than their spread: no layer has drifted.';
	}

	return phase.interval
		? `Drift ${arrow} diffusion: ${phase.switched} of ${phase.layers} layers, epochs ${phase.interval[0]} to ${phase.interval[1]}.`
		: `Drift ${arrow} diffusion: no layer has switched.`;
}

const endings = {
	finished: 'finished', stopped: 'was stopped', diverged: 'diverged', failed: 'failed',
} as const;

const howItEnded = ({end}: History): string => end ? endings[end.reason] : 'broke off';
