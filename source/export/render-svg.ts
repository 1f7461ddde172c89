/** From a specification to SVG, by Vega and without a browser. Vega and Vega-Lite are loaded when this is, and by nothing else. */
import * as vega from 'vega';
import {compile, type TopLevelSpec} from 'vega-lite';
import {type Specification} from './figures/figure.js';
import {type Length} from './length.js';
import {textWidth} from './text-width.js';

type Text = {readonly fontSize?: number; readonly fontWeight?: unknown};

/** What Vega exports of its scenegraph beside what its types tell of. */
const {textMetrics, resetSVGDefIds} = vega as unknown as {
	readonly textMetrics: {canvas: (isUsed: boolean) => void; width: (item: Text, text: unknown) => number};
	readonly resetSVGDefIds: () => void;
};

// A canvas that happens to be installed would measure otherwise than the next machine does.
textMetrics.canvas(false);
textMetrics.width = ({fontSize = 11, fontWeight}, text) =>
	textWidth(typeof text === 'string' ? text.trim() : String(text), fontSize, fontWeight === 'bold');

/** The same specification gives the same bytes. `width` is how wide the figure is on paper. */
export async function renderSvg(specification: Specification, {text: width}: Length): Promise<string> {
	const {spec} = compile(specification as unknown as TopLevelSpec, {logger: silent});
	const view = new vega.View(vega.parse(spec), {renderer: 'none', logger: vega.logger(vega.Error)});
	try {
		// Definitions are numbered through the whole process otherwise.
		resetSVGDefIds();
		return `${onPaper(await view.toSVG(), width)}\n`;
	} finally {
		view.finalize();
	}
}

/** The size in the unit that was asked for; the view box keeps what is drawn. */
const onPaper = (svg: string, width: string): string =>
	svg.replace(/^(?<head><svg [^>]*?) width="[\d.]+" height="[\d.]+" (?<tail>[^>]*viewBox="0 0 (?<across>[\d.]+) (?<down>[\d.]+)")/v, (...match) => {
		const {head, tail, across, down} = match.at(-1) as Record<string, string>;
		const [, value, unit] = /^(?<value>[\d.]+)(?<unit>\D+)$/v.exec(width)!;
		const height = Number((Number(value) * Number(down) / Number(across)).toFixed(3));
		return `${head} width="${width}" height="${height}${unit}" ${tail}`;
	});

/** What Vega-Lite has to say of a specification of ours is for tests. */
const silent = vega.logger(vega.Error);
