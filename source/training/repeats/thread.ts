/**
A thread of a run with repeats: trains its share of them by turns, from one measured epoch to the next, so that all grow together.
What it tells goes to the trainer, the only writer.
*/
import {parentPort, workerData} from 'node:worker_threads';
import {loadDataset} from '../../dataset/registry.js';
import {chooseEngine} from '../../engine/registry.js';
import {networkWidths} from '../../preset/load.js';
import {readPast} from '../../run/past.js';
import {openGate} from './gate.js';
import {type ThreadMessage, type ThreadSetup} from './messages.js';
import {createRepeat, type Repeat} from './repeat.js';
import {sharing} from './shared-dataset.js';
import {repeatSeed} from './shares.js';

const {
	run, preset, engine: engineName, repeats, from, events, dataset, gate,
} = workerData as ThreadSetup;
const post = (message: ThreadMessage): void => {
	parentPort!.postMessage(message);
};

const engine = await chooseEngine(engineName, networkWidths(preset, dataset), preset.training.batchSize);
const past = from.length > 0 ? await readPast(events, repeats) : undefined;
const all: readonly Repeat[] = repeats.map(repeat => {
	const seed = repeatSeed(preset.seed, repeat);
	return createRepeat({
		run,
		preset: {...preset, seed},
		repeat,
		dataset: dataset.isDrawn ? sharing(loadDataset(preset.dataset, seed), dataset) : dataset,
		engine,
		...goingOn(repeat),
		tell(event) {
			post({kind: 'event', event});
		},
	});
});
let growing = all;

/** Where a repeat was left, and what it had told before that. */
function goingOn(repeat: number) {
	const state = from.find(each => each.repeat === repeat)?.state;
	return state && {from: state, past: (past?.repeats.get(repeat)?.epochs ?? []).filter(({epoch}) => epoch < state.epoch)};
}

const standings = () => growing.map(repeat => repeat.standing());
const states = () => all.map(repeat => repeat.state()).filter(state => state !== undefined);
const pass = openGate(gate, {
	onHold(pause) {
		post({kind: 'held', pause, standings: standings()});
	},
	onKeep(asked) {
		post({kind: 'states', asked, states: states()});
	},
});

/** Takes each repeat to its measured epoch number `round`; false where the thread must stop. */
async function advanceAll(round: number): Promise<boolean> {
	const ended = new Set<Repeat>();
	for (const repeat of growing) {
		const how = await repeat.advance(() => pass(round));
		if (how === 'stopped') {
			return false;
		}

		if (how === 'ended') {
			ended.add(repeat);
		}
	}

	growing = growing.filter(repeat => !ended.has(repeat));
	return true;
}

for (let round = 0; growing.length > 0 && pass(round) && await advanceAll(round); round++) {
	post({kind: 'round', round});
}

post({kind: 'over', standings: standings(), states: states()});
await Promise.all(growing.map(async repeat => repeat.leave()));
