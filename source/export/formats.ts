import {runsCsv} from './csv.js';
import {type Specification, type Subject} from './figures/figure.js';
import {type FormatName} from './figures/names.js';
import {runsJson} from './json.js';
import {dotsOf, type Length} from './length.js';

/** How a format is made, and of what. */
export type Format
	= | {readonly of: 'figure'; readonly render: (specification: Specification, width: Length) => Promise<string | Uint8Array>}
		| {readonly of: 'data'; readonly render: (subjects: readonly Subject[]) => string};

/** What journals ask for of pictures in dots. */
const dotsPerInch = 300;

const svgOf = async (specification: Specification, width: Length): Promise<string> => {
	const {renderSvg} = await import('./render-svg.js');
	return renderSvg(specification, width);
};

/** Every format, by the ending of its files. What draws is loaded when something is to be drawn. */
export const formats: Readonly<Record<FormatName, Format>> = {
	svg: {of: 'figure', render: svgOf},
	png: {
		of: 'figure',
		async render(specification, width) {
			const {renderPng} = await import('./render-png.js');
			return renderPng(await svgOf(specification, width), {width: dotsOf(width, dotsPerInch), dotsPerInch});
		},
	},
	csv: {of: 'data', render: runsCsv},
	json: {of: 'data', render: runsJson},
	'vl.json': {of: 'figure', render: async specification => `${JSON.stringify(specification, undefined, '\t')}\n`},
};
