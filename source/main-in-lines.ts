/**
The way to a training without a screen, as a file of its own: what `main.ts` loads for it lies in forty files, which it shares with other commands,
and to find and read them takes longer than all else that is done before the trainer is told its run.
*/
import {readArguments} from './commands/arguments.js';
import {startExperiment} from './commands/experiment.js';
import {hasScreen} from './commands/has-screen.js';
import {runInLines} from './commands/lines.js';
import {exitCodeOf} from './exit-code.js';
import {packageVersion} from './package.js';
import {type Prepared} from './run/prepare.js';
import {holdStandby} from './run/standby.js';

/** As `main` of main.ts, to which it leaves whatever else is asked for. */
export const main = async (argv: string[], prepared?: Prepared): Promise<number> => exitCodeOf(async () => {
	const {command, given} = await readArguments(argv);
	if (command === 'run' || (command === '' && !hasScreen(given))) {
		if (prepared) {
			holdStandby(prepared);
		}

		return runInLines(given, () => startExperiment(given, packageVersion()));
	}

	const {main} = await import('./main.js');
	return main(argv, prepared);
});
