import chalk from 'chalk';
import {render} from 'ink';
import {type Glyphs} from '../../source/chart/glyphs.js';
import {type Grid} from '../../source/chart/grid.js';
import {type History} from '../../source/history/reduce.js';
import {App} from '../../source/ui/app.js';
import {Compositor, type Plot} from '../../source/ui/screen/compositor.js';
import {type Size} from '../../source/ui/screen/terminal.js';

/** One frame of the screen, without a terminal: for pictures and for tests. */
export function stillFrame(history: History, size: Size, glyphs: Glyphs): Grid {
	chalk.level = 2;
	const compositor = new Compositor(glyphs, () => size, () => undefined);
	const setPlots = (plots: readonly Plot[]) => {
		compositor.setPlots(plots);
	};

	const ink = render(<App history={history} size={size} glyphs={glyphs} onPlots={setPlots} onAction={() => undefined}/>, {
		stdout: compositor.sink, debug: true, patchConsole: false, exitOnCtrlC: false,
	});
	const frame = compositor.compose(size);
	ink.unmount();
	return frame;
}
