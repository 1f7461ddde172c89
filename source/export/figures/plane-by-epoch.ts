import {ofKind, planeAxes, type PlaneDomain} from './plane-axes.js';
import {type PlaneRow} from './plane-data.js';
import {boundLayer, endLayer, labelLayers} from './plane-marks.js';
import {epochColorScheme, ink} from './theme.js';

/** At so many epochs a thin line joins the layers of the network, as in Figure 3 of [ST17]. */
const joined = 32;

/** A point for each layer and epoch, in the colour of the epoch; `height` is that of the colour bar, in pixels. */
export function byEpochLayers(rows: readonly PlaneRow[], domain: PlaneDomain, height: number) {
	const axes = planeAxes(domain);
	const epochs = [...new Set(rows.flatMap(({kind, epoch}) => kind === 'trail' ? [epoch!] : []))].toSorted((a, b) => a - b);
	const last = epochs.at(-1) ?? 0;
	const color = {
		field: 'epoch',
		type: 'quantitative',
		// Epoch 0 has a place on it, as it has none on a logarithmic axis.
		scale: {
			type: 'symlog', constant: 1, domain: [0, Math.max(1, last)], scheme: epochColorScheme,
		},
		legend: {
			title: 'epoch', orient: 'right', gradientLength: Math.round(height * 0.8), gradientThickness: 8, values: epochTicks(last), format: 'd', offset: 8, titlePadding: 5,
		},
	};
	return [
		boundLayer(axes),
		{
			transform: [{filter: `datum.kind === 'trail' && indexof(${JSON.stringify(joinedEpochs(epochs))}, datum.epoch) >= 0`}],
			// In grey: the legend of lines and points together would not be a ramp.
			mark: {
				type: 'line', strokeWidth: 0.4, stroke: ink.bound, opacity: 0.6,
			},
			encoding: {...axes, detail: {field: 'epoch'}, order: {field: 'layer', type: 'quantitative'}},
		},
		{
			...ofKind('trail'),
			mark: {
				type: 'point', shape: 'circle', size: 9, filled: true, opacity: 1,
			},
			encoding: {...axes, color},
		},
		endLayer(axes, {value: ink.text}),
		...labelLayers(axes),
	];
}

/** 0, the powers of ten, and the end. */
function epochTicks(last: number): number[] {
	const powers = Array.from({length: Math.floor(Math.log10(Math.max(1, last))) + 1}, (_, power) => 10 ** power).filter(power => power <= last / 2);
	return [0, ...powers, ...(last > 0 ? [last] : [])];
}

/** Evenly on a logarithmic axis, the first and the last among them. */
function joinedEpochs(epochs: readonly number[]): number[] {
	const last = epochs.at(-1) ?? 0;
	const targets = Array.from({length: joined}, (_, index) => Math.floor(Math.expm1(Math.log1p(last) * index / (joined - 1))));
	return [...new Set(targets.map(target => epochs.find(epoch => epoch >= target) ?? last))];
}
