import chalk from 'chalk';
import {render} from 'ink';
import {type ReactElement} from 'react';
import {type Glyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {type History} from '../history/reduce.js';
import {App} from './app.js';
import {Compositor, type Painting} from './screen/compositor.js';
import {type Size} from './screen/terminal.js';

/** One frame of the screen, without a terminal: for pictures and for tests. */
export const stillFrame = (history: History, size: Size, glyphs: Glyphs): Grid =>
	stillOf(size, paint => <App history={history} size={size} glyphsOf={() => glyphs} onPlots={paint} onAction={() => undefined}/>);

/** One frame of whatever Ink draws, together with what is painted beside it. */
export function stillOf(size: Size, element: (paint: (painting: Painting) => void) => ReactElement): Grid {
	chalk.level = 2;
	const compositor = new Compositor(() => size, () => undefined);
	const ink = render(element(painting => {
		compositor.paint(painting);
	}), {
		stdout: compositor.sink, debug: true, patchConsole: false, exitOnCtrlC: false,
	});
	const frame = compositor.compose(size);
	ink.unmount();
	return frame;
}
