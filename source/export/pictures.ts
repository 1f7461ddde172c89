import {closeSync, openSync, writeFileSync} from 'node:fs';
import {Worker} from 'node:worker_threads';
import {type Grid} from '../chart/grid.js';
import {failure, reason} from '../errors.js';
import {type History} from '../history/reduce.js';
import {packagePath} from '../package.js';
import {safeText} from '../safe-text.js';
import {gridsToSvg} from './cells-svg.js';
import {type FigureOptions} from './figures/figure.js';
import {planeFigure} from './figures/plane.js';
import {parseLength} from './length.js';
import {type PicturesRequest, type PicturesTold} from './pictures-messages.js';

/** Which plane the screen shows. */
export type ShownPlane = Pick<FigureOptions, 'by'> & {readonly estimator: string};

/**
Draws the screen and the plane of a snapshot and writes them beside it: `.svg`, `.png`, `-plane.svg`, `-plane.png`. What takes long is
done in a thread, so that the screen goes on; the data of the figure are put together here, which takes a few milliseconds.
Returns the endings of what was written.
*/
export async function savePictures(stem: string, screen: Grid, name: string, history: History, {estimator, by}: ShownPlane): Promise<readonly string[]> {
	const width = parseLength('85mm', '--width');
	const hasPlane = history.start !== undefined && history.epochs.length > 0;
	const told = await draw({
		screen: gridsToSvg([screen]),
		plane: hasPlane ? planeFigure([{name: safeText(name, 64), history}], {by, estimators: [estimator], width}) : undefined,
		width,
	});
	if ('problem' in told) {
		throw failure(`The pictures of the snapshot could not be drawn: ${told.problem}`);
	}

	for (const {ending, contents} of told.files) {
		writeNew(`${stem}${ending}`, contents);
	}

	if (told.missing !== undefined) {
		throw failure(told.missing);
	}

	return told.files.map(({ending}) => ending);
}

/** A thread for each snapshot: Vega, once loaded, would take memory for as long as the screen is there. */
const draw = async (request: PicturesRequest): Promise<PicturesTold> => new Promise((resolve, reject) => {
	const worker = new Worker(packagePath('dist/pictures.js'), {workerData: request});
	worker.once('message', resolve);
	worker.once('error', reject);
	worker.once('exit', code => {
		reject(new Error(`the thread that draws pictures ended with code ${code}`));
	});
});

function writeNew(file: string, contents: string | Uint8Array): void {
	try {
		closeSync(openSync(file, 'wx', 0o600));
		writeFileSync(file, contents);
	} catch (error) {
		throw failure(`The picture ${safeText(file)} cannot be written: ${reason(error)}.`);
	}
}
