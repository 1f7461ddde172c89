import {type Grid, type Style} from '../../source/chart/grid.js';

/** Pixels of a cell. */
const cellWidth = 9;
const cellHeight = 19;
const padding = 12;

const colors = {background: '#16181d', text: '#d8dbe0', faint: '#868b95'} as const;

/**
A picture of a grid of cells as SVG. Dots, bars and lines are drawn as shapes and letters are set one by one, so that it looks the
same with any fixed-width font.
*/
export function gridToSvg(grid: Grid): string {
	const width = (grid.width * cellWidth) + (2 * padding);
	const height = (grid.height * cellHeight) + (2 * padding);
	const cells: string[] = [];
	for (let row = 0; row < grid.height; row++) {
		for (let column = 0; column < grid.width; column++) {
			cells.push(cellSvg(grid, column, row));
		}
	}

	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
		`<rect width="${width}" height="${height}" rx="8" fill="${colors.background}"/>`,
		'<g font-family="ui-monospace, \'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="15">',
		...cells.filter(Boolean),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function cellSvg(grid: Grid, column: number, row: number): string {
	const character = grid.character(column, row);
	const style = grid.style(column, row);
	const x = padding + (column * cellWidth);
	const y = padding + (row * cellHeight);
	const ink = inkOf(style);
	const ground = style.inverse ? `<rect x="${x}" y="${y}" width="${cellWidth}" height="${cellHeight}" fill="${ink}"/>` : '';
	if (character === ' ' || character === '') {
		return ground;
	}

	return ground + glyphSvg(character, x, y, style.inverse ? colors.background : ink, style);
}

function glyphSvg(character: string, x: number, y: number, ink: string, {bold}: Style): string {
	const code = character.codePointAt(0)!;
	if (code >= 0x28_00 && code <= 0x28_FF) {
		return brailleSvg(code - 0x28_00, x, y, ink);
	}

	if (code >= 0x25_81 && code <= 0x25_88) {
		const size = cellHeight * 0.9 * (code - 0x25_80) / 8;
		return `<rect x="${x}" y="${round(y + cellHeight - size)}" width="${cellWidth - 1}" height="${round(size)}" fill="${ink}"/>`;
	}

	const strokes = boxStrokes[character];
	if (strokes) {
		return strokesSvg(strokes, x, y, ink);
	}

	return `<text x="${x}" y="${y + 14}" fill="${ink}"${bold ? ' font-weight="bold"' : ''}>${escapeXml(character)}</text>`;
}

/** Unicode numbers the dots 1 2 3 7 down the left, 4 5 6 8 down the right. */
function brailleSvg(bits: number, x: number, y: number, ink: string): string {
	const dots = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [0, 3], [1, 3]] as const;
	return dots.filter((_, index) => bits & (1 << index)).map(([across, down]) =>
		`<circle cx="${round(x + (cellWidth * (0.25 + (across / 2))))}" cy="${round(y + (cellHeight * ((down + 0.5) / 4)))}" r="1.7" fill="${ink}"/>`).join('');
}

/** Lines from the middle of a cell: left, right, up, down; lower case is dashed, B bold. */
const boxStrokes: Readonly<Record<string, string>> = {
	'─': 'LR', '│': 'UD', '┌': 'RD', '┐': 'LD', '└': 'RU', '┘': 'LU', '┊': 'ud', '┄': 'lr', '╌': 'lr', '━': 'LRB',
	'╭': 'RD', '╮': 'LD', '╰': 'RU', '╯': 'LU', '┼': 'LRUD', '┤': 'LUD',
};

function strokesSvg(strokes: string, x: number, y: number, ink: string): string {
	const middleX = x + (cellWidth / 2);
	const middleY = y + (cellHeight / 2);
	const ends: Readonly<Record<string, readonly [number, number]>> = {
		l: [x, middleY], r: [x + cellWidth, middleY], u: [middleX, y], d: [middleX, y + cellHeight],
	};
	const width = strokes.includes('B') ? 4 : 1.3;
	const isDashed = strokes === strokes.toLowerCase();
	return [...strokes.replace('B', '')].map(stroke => {
		const [endX, endY] = ends[stroke.toLowerCase()]!;
		return `<path d="M${middleX} ${middleY}L${endX} ${endY}" stroke="${ink}" stroke-width="${isDashed ? 1.6 : width}"${isDashed ? ' stroke-dasharray="2.5 2"' : ''}/>`;
	}).join('');
}

const inkOf = ({color, dim}: Style): string => color === undefined ? (dim ? colors.faint : colors.text) : rgbOf(color);

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

const round = (value: number): number => Math.round(value * 100) / 100;

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
