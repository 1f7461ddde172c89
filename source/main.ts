import process from 'node:process';
import {type GivenFlags} from './commands/experiment.js';
import {hasScreen} from './commands/has-screen.js';
import {exitCodeOf} from './exit-code.js';
import {packageVersion} from './package.js';
import {type Prepared} from './run/prepare.js';

/** Does what the words say, with the trainer that stands by for it; the exit code. */
export const main = async (argv: string[], prepared?: Prepared): Promise<number> => exitCodeOf(async () => obey(argv, prepared));

async function obey(argv: string[], prepared?: Prepared): Promise<number> {
	// Wherever they stand, and before anything is loaded for the rest.
	if (argv.includes('--help') || argv.includes('-h')) {
		const {helpText} = await import('./commands/flags.js');
		return print(helpText());
	}

	if (argv.includes('--version')) {
		return print(packageVersion());
	}

	if (prepared) {
		const {holdStandby} = await import('./run/standby.js');
		holdStandby(prepared);
	}

	const {readArguments} = await import('./commands/arguments.js');
	const {command, given, rest} = await readArguments(argv);
	switch (command) {
		case 'presets': {
			const {presetLines} = await import('./commands/presets.js');
			return print(presetLines().join('\n'));
		}

		case 'watch': {
			const {watch} = await import('./commands/watch.js');
			return watch(given, rest, packageVersion());
		}

		case 'export': {
			const {exportRuns} = await import('./commands/export.js');
			return exportRuns(given, rest);
		}

		case 'merge': {
			const {mergeRuns} = await import('./commands/merge.js');
			return mergeRuns(given, rest, packageVersion());
		}

		case 'measure': {
			const {measureFile} = await import('./commands/measure.js');
			return measureFile(given, rest[0]);
		}

		case 'ls': {
			const {listRuns} = await import('./commands/ls.js');
			return print(listRuns(given));
		}

		case 'pause':
		case 'checkpoint':
		case 'stop': {
			const {askRun} = await import('./commands/ask.js');
			return print(await askRun(given, command, rest[0]));
		}

		case 'resume': {
			const {resumeRun} = await import('./commands/resume.js');
			return resumeRun(given, rest[0]);
		}

		case 'run': {
			return runInLines(given);
		}

		default: {
			return hasScreen(given) ? runOnScreen(given) : runInLines(given);
		}
	}
}

async function runInLines(given: GivenFlags): Promise<number> {
	const [lines, {startExperiment}] = await Promise.all([import('./commands/lines.js'), import('./commands/experiment.js')]);
	return lines.runInLines(given, () => startExperiment(given, packageVersion()));
}

async function runOnScreen(given: GivenFlags): Promise<number> {
	const [screen, {startExperiment}] = await Promise.all([import('./commands/screen.js'), import('./commands/experiment.js')]);
	return screen.runOnScreen(given, () => startExperiment(given, packageVersion()));
}

function print(text: string): number {
	process.stdout.on('error', () => undefined);
	process.stdout.write(`${text}\n`);
	return 0;
}
