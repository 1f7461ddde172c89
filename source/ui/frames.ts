import {frameChart} from '../chart/frame.js';
import {type Glyphs} from '../chart/glyphs.js';
import {type History} from '../history/reduce.js';
import {estimatorAt} from '../history/select.js';
import {parseEstimator} from '../information/registry.js';
import {type Layout, type Rectangle} from './layout.js';
import {type Plot} from './screen/compositor.js';
import {type View} from './state.js';

/** The borders of a layout's panels, with what is in them as titles. */
export function framesOf(history: History, view: View, layout: Layout, glyphs: Glyphs): Plot[] {
	if (layout.kind === 'line') {
		return [];
	}

	const frame = (title: string, {column, row, width, height}: Rectangle): Plot => ({column, row, grid: frameChart(title, width, height, glyphs)});
	const {main} = layout;
	const side = layout.kind === 'full' ? layout.side : undefined;
	if (view.isHelpOpen) {
		return [frame('help', {...main, width: main.width + (side?.width ?? 0)})];
	}

	return [frame(titleOf(history, view, glyphs, main.width), main), ...(side ? [frame(gradientTitle(history, glyphs), side)] : [])];
}

/** What an estimator is called; its id, if it comes from another tool, or from a version of ibtop that has others. */
export function estimatorTitle(id: string): string {
	try {
		return parseEstimator(id).title;
	} catch {
		return id;
	}
}

/** The ratio grows with the root of the batch size, so that stands beside it. */
const gradientTitle = ({start}: History, {separator}: Glyphs): string =>
	['gradients M/S', start?.preset ? `batch ${start.preset.training.batchSize}` : ''].filter(Boolean).join(` ${separator} `);

function titleOf(history: History, view: View, {separator}: Glyphs, width: number): string {
	const batch = history.start?.preset ? ` ${separator} batch ${history.start.preset.training.batchSize}` : '';
	switch (view.page) {
		case 'plane': {
			const id = estimatorAt(history, view.estimator);
			const sample = history.start?.population === false ? (width < 80 ? 'sample' : 'inputs are a sample') : '';
			return ['information plane', sample, id && estimatorTitle(id), 'bits'].filter(Boolean).join(` ${separator} `);
		}

		case 'gradients': {
			return `gradients ${separator} M/S of each layer, log${batch}`;
		}

		case 'loss': {
			return `training loss ${separator} nats, log`;
		}
	}
}
