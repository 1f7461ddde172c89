import {textWidth} from '../text-width.js';
import {fontSizes} from './theme.js';

/** Where a name may be broken: after spaces and what stands between the parts of a name. */
const part = /[^\s\-_.,+]*(?:[\-_.,+]+\s*|\s+|$)/gv;

/** A title in lines that fit above a panel of `width` pixels; broken between the parts of names, and within a part that is too long by itself. */
export function titleLines(title: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	const fits = (text: string) => textWidth(text.trimEnd(), fontSizes.title, true) <= width;
	for (const piece of title.match(part) ?? []) {
		for (const text of fits(piece) ? [piece] : piece) {
			if (line !== '' && !fits(line + text)) {
				lines.push(line.trimEnd());
				line = '';
			}

			line += text;
		}
	}

	return [...lines, line.trimEnd()].filter((each, index) => index === 0 || each !== '');
}

/**
A facet's header that writes the titles of panels over them, in lines. Panels are told apart by their numbers, from 1, and titles stand in
the expression with a line break before them: Vega knows neither panels nor strings of its own that are called `constructor`.
*/
export const titleHeader = (titles: readonly string[], width: number) => ({
	labelAnchor: 'start',
	labelOrient: 'top',
	labelFontWeight: 'bold',
	labelExpr: String.raw`slice(split(${JSON.stringify(titles.map(title => ['', ...titleLines(title, width)].join('\n')))}[datum.value - 1], '\n'), 1)`,
});
