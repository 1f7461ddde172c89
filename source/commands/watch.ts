import process from 'node:process';
import {chooseGlyphs} from '../chart/glyphs.js';
import {failure, usage} from '../errors.js';
import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {readManifest, type RunDirectory, runsRoot} from '../run/directory.js';
import {findRun} from '../run/find.js';
import {followRun} from '../run/reader.js';
import {safeText} from '../safe-text.js';
import {colorLevel} from '../ui/color-level.js';
import {gridText} from '../ui/screen/text.js';
import {type GivenFlags} from './experiment.js';
import {checkLook} from './look.js';
import {shownPath} from './verdict.js';

/** `ibtop watch RUN --once`: one frame of a run, finished or not, as text. Returns the exit code. */
export async function watchOnce(given: GivenFlags, nameOrFolder: string | undefined): Promise<number> {
	if (!given['once']) {
		throw usage('ibtop watch needs --once: it prints one frame of a run.');
	}

	const look = checkLook(given);
	const size = {columns: sizeFlag(given, 'width', process.stdout.columns || 80), rows: sizeFlag(given, 'height', process.stdout.rows || 24)};
	const run = findRun(runsRoot(textFlag(given, 'runs'), process.env), nameOrFolder);
	readManifest(run);
	const history = await historyOf(run);
	if (!history.start) {
		throw failure(`The run ${shownPath(run.folder)} has no events yet: try again in a moment.`);
	}

	process.env['NODE_ENV'] = 'production';
	delete process.env['CI'];
	const {stillFrame} = await import('../ui/still.js');
	const frame = stillFrame(history, size, chooseGlyphs(process.env, look.glyphs));
	process.stdout.on('error', () => undefined);
	process.stdout.write(`${gridText(frame, colorLevel(process.env, process.stdout.isTTY, look.color)).join('\n')}\n`);
	return 0;
}

async function historyOf(run: RunDirectory): Promise<History> {
	let history = emptyHistory;
	for await (const {event} of followRun(run.events, {isOver: () => true})) {
		history = reduce(history, event);
	}

	return history;
}

const textFlag = (given: GivenFlags, name: string): string | undefined => typeof given[name] === 'string' ? given[name] : undefined;

function sizeFlag(given: GivenFlags, name: string, otherwise: number): number {
	const text = textFlag(given, name);
	const value = text === undefined ? otherwise : Number(text);
	if (!Number.isInteger(value) || value < 1 || value > 1000) {
		throw usage(`--${name} must be a whole number from 1 to 1000, not "${safeText(text ?? '', 40)}".`);
	}

	return value;
}
