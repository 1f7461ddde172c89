/** `npm run pictures`: the README's pictures, drawn by the program's own charts from real runs. Takes two minutes or so. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {glyphSets} from '../../source/chart/glyphs.js';
import {chooseEngine} from '../../source/engine/registry.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {train} from '../../source/training/train.js';
import {gridsToSvg} from './svg.js';

process.env['NODE_ENV'] = 'production';
delete process.env['CI'];
const {stillFrame} = await import('../../source/ui/still.js');
const folder = new URL('../../.github/', import.meta.url);
const size = {columns: 100, rows: 30};

/** The history after each measured epoch of a preset's run. */
async function historiesOf(name: string): Promise<History[]> {
	const preset = loadPreset(name);
	const engine = await chooseEngine('builtin', networkWidths(preset), preset.training.batchSize);
	const announcer = new PhaseAnnouncer();
	const started = performance.now();
	const histories: History[] = [];
	let history = emptyHistory;
	const events = train({
		run: name, preset, engine, seconds: () => (performance.now() - started) / 1000,
	});
	for await (const event of events) {
		if (event.type === 'breath') {
			continue;
		}

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

mkdirSync(folder, {recursive: true});
const tanh = await historiesOf('tanh');
save('tanh.svg', gridsToSvg([frameOf(at(tanh, 3000))]));
const relu = await historiesOf('relu');
save('relu.svg', gridsToSvg([frameOf(at(relu, 1200))]));
const moments = relu.filter((_, index) => index % 15 === 0 || index === relu.length - 1);
save('live.svg', gridsToSvg(moments.map(history => frameOf(history)), 0.4));
