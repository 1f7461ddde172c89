/** The thread that draws the pictures of a snapshot. */
import process from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import {describeError, UserError} from '../errors.js';
import {dotsOf} from './length.js';
import {type PicturesRequest, type PicturesTold} from './pictures-messages.js';
import {renderPng} from './render-png.js';
import {renderSvg} from './render-svg.js';

const dotsPerInch = 300;

/** The screen's own size is 96 dots to the inch; it is drawn at twice that. */
const screenDots = 192;

async function draw({screen, plane, width}: PicturesRequest): Promise<PicturesTold> {
	const planeSvg = plane && await renderSvg(plane, width);
	const svgs = [{ending: '.svg', contents: screen}, ...(planeSvg === undefined ? [] : [{ending: '-plane.svg', contents: planeSvg}])];
	try {
		return {
			files: [
				...svgs,
				{ending: '.png', contents: await renderPng(screen, {width: 2 * widthOf(screen), dotsPerInch: screenDots})},
				...(planeSvg === undefined ? [] : [{ending: '-plane.png', contents: await renderPng(planeSvg, {width: dotsOf(width, dotsPerInch), dotsPerInch})}]),
			],
		};
	} catch (error) {
		if (error instanceof UserError) {
			return {files: svgs, missing: error.message};
		}

		throw error;
	}
}

const widthOf = (svg: string): number => Number(/^<svg [^>]* width="(?<width>\d+)"/v.exec(svg)!.groups!['width']);

try {
	parentPort!.postMessage(await draw(workerData as PicturesRequest));
} catch (error) {
	parentPort!.postMessage({problem: describeError(error, process.env)} satisfies PicturesTold);
}
