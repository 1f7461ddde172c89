/** `npm run pictures`: the README's pictures, drawn by the program's own charts from real runs. Takes a minute or two. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {glyphSets} from '../../source/chart/glyphs.js';
import {chooseEngine} from '../../source/engine/registry.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {train} from '../../source/training/train.js';
import {gridToSvg} from './svg.js';

process.env['NODE_ENV'] = 'production';
delete process.env['CI'];
const {stillFrame} = await import('./still.js');
const folder = new URL('../../.github/', import.meta.url);
const size = {columns: 100, rows: 30};

/** The history of the first epochs of a preset's run: the picture shows it still in training. */
async function historyOf(name: string, lastEpoch: number): Promise<History> {
	const preset = loadPreset(name);
	const engine = await chooseEngine('builtin', networkWidths(preset), preset.training.batchSize);
	const announcer = new PhaseAnnouncer();
	const started = performance.now();
	let history = emptyHistory;
	const events = train({
		run: name, preset, engine, seconds: () => (performance.now() - started) / 1000,
	});
	for await (const event of events) {
		if (event.type === 'breath') {
			continue;
		}

		if (event.type === 'epoch' && event.epoch > lastEpoch) {
			break;
		}

		for (const each of [event, ...announcer.take(event)]) {
			history = reduce(history, each);
		}
	}

	return history;
}

mkdirSync(folder, {recursive: true});
for (const [name, lastEpoch] of [['relu', 1200], ['tanh', 3000]] as const) {
	const frame = stillFrame(await historyOf(name, lastEpoch), size, glyphSets.braille);
	writeFileSync(new URL(`${name}.svg`, folder), gridToSvg(frame));
	console.log(frame.toLines().join('\n'));
}

