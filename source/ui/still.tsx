import chalk from 'chalk';
import {render} from 'ink';
import {type Glyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {type History} from '../history/reduce.js';
import {App} from './app.js';
import {Compositor, type Painting} from './screen/compositor.js';
import {type Size} from './screen/terminal.js';

/** One frame of the screen, without a terminal: for pictures and for tests. */
export function stillFrame(history: History, size: Size, glyphs: Glyphs): Grid {
	chalk.level = 2;
	const compositor = new Compositor(() => size, () => undefined);
	const paint = (painting: Painting) => {
		compositor.paint(painting);
	};

	const ink = render(<App history={history} size={size} glyphsOf={() => glyphs} onPlots={paint} onAction={() => undefined}/>, {
		stdout: compositor.sink, debug: true, patchConsole: false, exitOnCtrlC: false,
	});
	const frame = compositor.compose(size);
	ink.unmount();
	return frame;
}
