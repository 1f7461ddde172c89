/** `npm run pictures`: the README's pictures, drawn by the program's own charts from real runs. Takes two minutes or so. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {formatCount} from '../../source/chart/format.js';
import {frameChart} from '../../source/chart/frame.js';
import {glyphSets} from '../../source/chart/glyphs.js';
import {Grid} from '../../source/chart/grid.js';
import {layerLabel, planeChart} from '../../source/chart/plane.js';
import {gridsToSvg} from '../../source/export/cells-svg.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {planePoints} from '../../source/history/select.js';
import {parseEstimator} from '../../source/information/registry.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {loadPreset} from '../../source/preset/load.js';
import {builtin, trainingOf} from '../helpers/train.js';

process.env['NODE_ENV'] = 'production';
delete process.env['CI'];
const {stillFrame} = await import('../../source/ui/still.js');
const folder = new URL('../../.github/', import.meta.url);
const size = {columns: 100, rows: 30};

/** The history after each measured epoch of a preset's run. */
async function historiesOf(name: string): Promise<History[]> {
	const preset = loadPreset(name);
	const announcer = new PhaseAnnouncer();
	const started = performance.now();
	const histories: History[] = [];
	let history = emptyHistory;
	for await (const event of trainingOf(preset, builtin, name, () => (performance.now() - started) / 1000)) {
		for (const each of [event, ...announcer.take(event)]) {
			history = reduce(history, each);
		}

		if (event.type === 'epoch') {
			histories.push(history);
		}
	}

	return histories;
}

const frameOf = (history: History) => stillFrame({...history, announcement: undefined}, size, glyphSets.braille);
const at = (histories: readonly History[], epoch: number): History => histories.findLast(({epochs}) => epochs.at(-1)!.epoch <= epoch)!;
const save = (name: string, svg: string) => {
	writeFileSync(new URL(name, folder), svg);
	console.log(`${name}: ${Math.round(svg.length / 1000)} kB`);
};

/** The plane of a run under several of its estimators, side by side on one scale. */
function planesOf(history: History, estimators: readonly string[]): Grid {
	const {bounds, bound, layers, preset} = history.start!;
	const [width, height] = [60, 26];
	const grid = new Grid(width * estimators.length, height);
	for (const [index, estimator] of estimators.entries()) {
		const trails = layers.map(({layer}) => ({
			layer, label: layerLabel(layer), points: planePoints(history, layer, estimator), ring: history.phases[layer - 1]?.switch ?? undefined,
		}));
		const title = `${preset!.name} · ${parseEstimator(estimator).title} · epoch ${formatCount(history.epochs.at(-1)!.epoch)}`;
		grid.draw(frameChart(title, width, height, glyphSets.braille), index * width, 0);
		grid.draw(planeChart({
			width: width - 2, height: height - 2, trails, bound, domain: {x: [0, bounds.x], y: [0, bounds.y]}, colorBy: 'layer', glyphs: glyphSets.braille,
		}), (index * width) + 1, 1);
	}

	return grid;
}

mkdirSync(folder, {recursive: true});
const tanh = await historiesOf('tanh');
save('tanh.svg', gridsToSvg([frameOf(at(tanh, 3000))]));
const relu = await historiesOf('relu');
save('relu.svg', gridsToSvg([frameOf(at(relu, 1200))]));
save('estimators.svg', gridsToSvg([planesOf(relu.at(-1)!, ['bins', 'width:0.07'])]));
const moments = relu.filter((_, index) => index % 15 === 0 || index === relu.length - 1);
save('live.svg', gridsToSvg(moments.map(history => frameOf(history)), 0.4));
