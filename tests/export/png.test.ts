import {inflateSync} from 'node:zlib';
import {Resvg} from '@resvg/resvg-js';
import {describe, expect, it} from 'vitest';
import {Grid} from '../../source/chart/grid.js';
import {gridsToSvg} from '../../source/export/cells-svg.js';
import {parseLength} from '../../source/export/length.js';
import {renderPng} from '../../source/export/render-png.js';
import {renderSvg} from '../../source/export/render-svg.js';
import {textWidth} from '../../source/export/text-width.js';
import {exampleHistory} from '../helpers/example.js';
import {figureOf, figureOptions} from '../helpers/figures.js';

/** Of a column. */
const options = {width: 1004, dotsPerInch: 300};

/** The dots of a PNG, four bytes each: drawn again by resvg as the only thing in a picture. */
function dotsOf(png: Uint8Array): {readonly width: number; readonly height: number; readonly dots: Buffer} {
	const header = Buffer.from(png);
	const [width, height] = [header.readUInt32BE(16), header.readUInt32BE(20)];
	const data = `data:image/png;base64,${header.toString('base64')}`;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"><image xlink:href="${data}" width="${width}" height="${height}"/></svg>`;
	return {width, height, dots: new Resvg(svg).render().pixels};
}

const areSame = (one: Buffer, other: Buffer): boolean => one.equals(other);

const textSvg = (text: string, family = 'Helvetica, Arial, Arimo, sans-serif') =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" viewBox="0 0 200 40"><rect width="200" height="40" fill="white"/><text x="10" y="28" font-size="20" font-family="${family}">${text}</text></svg>`;

const drawn = async (svg: string) => dotsOf(await renderPng(svg, {width: 800, dotsPerInch: 300})).dots;

describe('a PNG', () => {
	it.each(['plane', 'gradients', 'loss', 'comparison'] as const)('of the figure %s shows every text of its SVG', async name => {
		const svg = await renderSvg(figureOf(name, [{name: 'one', history: exampleHistory()}]), figureOptions().width);
		const whole = dotsOf(await renderPng(svg, options)).dots;
		// One of each: without it, the picture is another.
		const texts = [...new Map([...svg.matchAll(/<text[^>]*>(?<text>[^<]+)<\/text>/gv)].filter(({0: element}) => !element.includes('stroke=')).map(match => [match.groups!['text']!, match[0]])).values()];
		expect(texts.length).toBeGreaterThan(8);
		for (const element of texts.slice(0, 10)) {
			expect(areSame(whole, dotsOf(await renderPng(svg.replace(element, ''), options)).dots), element).toBe(false);
		}
	}, 30_000);

	it.each([...'→‖⁻⁰¹²³⁴⁵⁶⁷⁸⁹–·(;)'])('has the letter %s, and no box in its place', async letter => {
		const missing = await drawn(textSvg('\u{10FFFD}'));
		expect(areSame(await drawn(textSvg(letter)), missing)).toBe(false);
		expect(areSame(await drawn(textSvg(letter)), await drawn(textSvg(' ')))).toBe(false);
	});

	it.each([...'●→│·–'])('has the letter %s of the screen', async letter => {
		expect(areSame(await drawn(textSvg(letter, 'Cousine')), await drawn(textSvg('\u{10FFFD}', 'Cousine')))).toBe(false);
	});

	it('of the screen is drawn in a font of one width', async () => {
		const grid = new Grid(12, 2);
		grid.write(0, 0, 'iiiiiiiiii|');
		grid.write(0, 1, 'WWWWWWWWWW|');
		// Without the widths that the letters are told to have, they have them all the same.
		const svg = gridsToSvg([grid]).replaceAll(/ textLength="[^"]*"/gv, '');
		const {dots, width, height} = dotsOf(await renderPng(svg, {width: 528, dotsPerInch: 96}));
		const lastBright = (from: number, to: number) => Math.max(...Array.from({length: (to - from) * width}, (_, index) =>
			dots[((from * width) + index) * 4]! > 128 && index % width < width - 30 ? index % width : 0));
		expect(Math.abs(lastBright(20, height / 2) - lastBright(height / 2, height - 20))).toBeLessThan(3);
	});

	it('has the same bytes each time, 300 dots to the inch, and the width of a column', async () => {
		const svg = await renderSvg(figureOf('plane', [{name: 'one', history: exampleHistory()}]), figureOptions().width);
		const png = Buffer.from(await renderPng(svg, options));
		expect(Buffer.from(await renderPng(svg, options)).equals(png)).toBe(true);
		expect(dotsOf(png).width).toBe(1004);
		const place = png.indexOf('pHYs');
		expect([place, png.readUInt32BE(place + 4), png.readUInt32BE(place + 8), png[place + 12]]).toEqual([37, 11_811, 11_811, 1]);
		const data = png.indexOf('IDAT');
		expect(inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)), {finishFlush: 2}).length).toBeGreaterThan(0);
	});
});

describe('the width of text', () => {
	it.each(['I(X;T) (bits)', 'drift → diffusion', 'standard deviation', '0123456789', 'hidden 1 · 16 (3–46)', 'accuracy', 'EPOCH_Wm%@'])('%s is that of the font that ships', async text => {
		const {dots, width} = dotsOf(await renderPng(textSvg(text), {width: 800, dotsPerInch: 300}));
		const isDark = (column: number) => Array.from({length: 160}, (_, row) => dots[((row * width) + column) * 4]!).some(value => value < 128);
		const columns = Array.from({length: width}, (_, column) => column).filter(column => isDark(column));
		// From the first dark dot to the last, which is a little less than from one letter's place to the next's.
		const measured = (columns.at(-1)! - columns[0]!) / 4;
		expect(Math.abs(measured - textWidth(text, 20))).toBeLessThan(4);
	});
});

it('a length on paper stays what it was asked for in the SVG', async () => {
	const svg = await renderSvg(figureOf('loss', [{name: 'one', history: exampleHistory()}]), parseLength('3.5in', '--width'));
	expect(svg).toMatch(/^<svg [^>]*width="3\.5in" height="[\d.]+in" viewBox="0 0 /v);
});
