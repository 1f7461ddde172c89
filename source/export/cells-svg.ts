import {type Grid, type Style} from '../chart/grid.js';

/** Pixels of a cell. */
const cellWidth = 9;
const cellHeight = 19;
const padding = 12;

const colors = {background: '#16181d', text: '#d8dbe0', faint: '#868b95'} as const;

/**
A picture of grids of cells as SVG: one grid stands still, several follow each other, `seconds` each, for ever. Dots, bars and lines
are drawn as paths, a colour each, and letters have their places, so that it looks the same with any fixed-width font.
*/
export function gridsToSvg(grids: readonly Grid[], seconds = 0.5): string {
	const width = (grids[0]!.width * cellWidth) + (2 * padding);
	const height = (grids[0]!.height * cellHeight) + (2 * padding);
	const frames = grids.map((grid, index) => grids.length === 1
		? `<g>${frameSvg(grid)}</g>`
		: `<g class="${index === grids.length - 1 ? 'f l' : 'f'}" style="animation-delay:${((index - grids.length) * seconds).toFixed(2)}s">${frameSvg(grid)}</g>`);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
		`<style>text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,Cousine,monospace;font-size:15px}${grids.length === 1 ? '' : animation(grids.length, seconds)}</style>`,
		`<rect width="${width}" height="${height}" rx="8" fill="${colors.background}"/>`,
		...frames,
		'</svg>',
		'',
	].join('\n');
}

/** All frames are under way from the start (their delays are negative); where nothing moves, the last one is seen. */
const animation = (count: number, seconds: number): string =>
	`.f{visibility:hidden}.l{visibility:visible}.f{animation:f ${(count * seconds).toFixed(2)}s steps(1) infinite}@keyframes f{0%{visibility:visible}${(100 / count).toFixed(4)}%{visibility:hidden}}`;

/** What is drawn in one colour: filled, with strokes of some width, and as letters. */
type Layer = {fill: string; dots: string; lines: string; thick: string; dashes: string};

function frameSvg(grid: Grid): string {
	const layers = new Map<string, Layer>();
	const texts: string[] = [];
	const layerOf = (ink: string): Layer => {
		const layer = layers.get(ink) ?? {
			fill: '', dots: '', lines: '', thick: '', dashes: '',
		};
		layers.set(ink, layer);
		return layer;
	};

	for (let row = 0; row < grid.height; row++) {
		for (let column = 0; column < grid.width;) {
			column += drawRun(grid, column, row, layerOf, texts);
		}
	}

	const paths = [...layers].flatMap(([ink, {fill, dots, lines, thick, dashes}]) => [
		fill && `<path fill="${ink}" d="${fill}"/>`,
		dots && `<path stroke="${ink}" stroke-width="3.4" stroke-linecap="round" d="${dots}"/>`,
		lines && `<path stroke="${ink}" stroke-width="1.3" fill="none" d="${lines}"/>`,
		thick && `<path stroke="${ink}" stroke-width="4" d="${thick}"/>`,
		dashes && `<path stroke="${ink}" stroke-width="1.6" stroke-dasharray="2.5 2" d="${dashes}"/>`,
	]);
	return [...paths.filter(Boolean), ...texts].join('');
}

/** Draws a cell, or a run of letters of one style; returns how many cells that were. */
function drawRun(grid: Grid, column: number, row: number, layerOf: (ink: string) => Layer, texts: string[]): number {
	const style = grid.style(column, row);
	const ink = inkOf(style);
	const x = padding + (column * cellWidth);
	const y = padding + (row * cellHeight);
	const character = grid.character(column, row);
	if (!style.inverse && drawShape(layerOf(ink), character, x, y)) {
		return 1;
	}

	let text = '';
	while (column + text.length < grid.width && grid.style(column + text.length, row) === style && !isShape(grid.character(column + text.length, row))) {
		text += grid.character(column + text.length, row) || ' ';
	}

	text ||= character || ' ';
	if (style.inverse) {
		layerOf(ink).fill += `M${x} ${y}h${text.length * cellWidth}v${cellHeight}h${-text.length * cellWidth}z`;
	}

	if (text.trim() !== '') {
		const weight = style.bold ? ' font-weight="bold"' : '';
		const fill = style.inverse ? colors.background : ink;
		texts.push(`<text xml:space="preserve" x="${x}" y="${y + 14}" textLength="${text.length * cellWidth}" fill="${fill}"${weight}>${escapeXml(text)}</text>`);
	}

	return text.length;
}

const isShape = (character: string): boolean => isBraille(character) || isBar(character) || character in boxStrokes;
const isBraille = (character: string): boolean => character >= '\u2800' && character <= '\u28FF';
const isBar = (character: string): boolean => character >= '\u2581' && character <= '\u2588';

function drawShape(layer: Layer, character: string, x: number, y: number): boolean {
	if (isBraille(character)) {
		layer.dots += brailleDots(character.codePointAt(0)! - 0x28_00, x, y);
	} else if (isBar(character)) {
		const size = round(cellHeight * 0.9 * (character.codePointAt(0)! - 0x25_80) / 8);
		layer.fill += `M${x} ${round(y + cellHeight - size)}h${cellWidth - 1}v${size}h${1 - cellWidth}z`;
	} else {
		const strokes = boxStrokes[character];
		if (strokes) {
			layer[strokes.kind] += strokesPath(strokes.ends, x, y);
		}

		return strokes !== undefined;
	}

	return true;
}

/** Unicode numbers the dots 1 2 3 7 down the left, 4 5 6 8 down the right. */
function brailleDots(bits: number, x: number, y: number): string {
	const dots = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [0, 3], [1, 3]] as const;
	return dots.filter((_, index) => bits & (1 << index)).map(([across, down]) =>
		`M${round(x + (cellWidth * (0.25 + (across / 2))))} ${round(y + (cellHeight * ((down + 0.5) / 4)))}h.01`).join('');
}

/** Lines from the middle of a cell: left, right, up, down. */
const boxStrokes: Readonly<Record<string, {kind: 'lines' | 'thick' | 'dashes'; ends: string}>> = {
	'─': {kind: 'lines', ends: 'lr'}, '│': {kind: 'lines', ends: 'ud'},
	'┌': {kind: 'lines', ends: 'rd'}, '┐': {kind: 'lines', ends: 'ld'}, '└': {kind: 'lines', ends: 'ru'}, '┘': {kind: 'lines', ends: 'lu'},
	'╭': {kind: 'lines', ends: 'rd'}, '╮': {kind: 'lines', ends: 'ld'}, '╰': {kind: 'lines', ends: 'ru'}, '╯': {kind: 'lines', ends: 'lu'},
	'┼': {kind: 'lines', ends: 'lrud'}, '┤': {kind: 'lines', ends: 'lud'},
	'┊': {kind: 'dashes', ends: 'ud'}, '┄': {kind: 'dashes', ends: 'lr'}, '╌': {kind: 'dashes', ends: 'lr'},
	'━': {kind: 'thick', ends: 'lr'},
};

function strokesPath(ends: string, x: number, y: number): string {
	const middleX = x + (cellWidth / 2);
	const middleY = y + (cellHeight / 2);
	const places: Readonly<Record<string, string>> = {
		l: `H${x}`, r: `H${x + cellWidth}`, u: `V${y}`, d: `V${y + cellHeight}`,
	};
	return [...ends].map(end => `M${middleX} ${middleY}${places[end]}`).join('');
}

function inkOf({color, dim}: Style): string {
	if (color !== undefined) {
		return rgbOf(color);
	}

	return dim ? colors.faint : colors.text;
}

/** The colour of an entry of the 256-colour table (the cube and the greys; the first 16 are the terminal's own). */
function rgbOf(color: number): string {
	if (color < 16) {
		return colors.text;
	}

	const levels = [0, 95, 135, 175, 215, 255];
	const cube = color - 16;
	const channels = color > 231
		? Array.from({length: 3}, () => 8 + (10 * (color - 232)))
		: [levels[Math.floor(cube / 36)]!, levels[Math.floor(cube / 6) % 6]!, levels[cube % 6]!];
	return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
