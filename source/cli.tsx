#!/usr/bin/env node
import process from 'node:process';
import {type GivenFlags} from './commands/experiment.js';
import {hasScreen} from './commands/has-screen.js';
import {describeError, UserError} from './errors.js';
import {packageVersion} from './package.js';

try {
	process.exitCode = await main();
} catch (error) {
	process.stderr.write(`${describeError(error, process.env)}\n`);
	process.exitCode = error instanceof UserError ? error.exitCode : 1;
}

async function main(): Promise<number> {
	const argv = process.argv.slice(2);
	// Wherever they stand, and before anything is loaded for the rest.
	if (argv.includes('--help') || argv.includes('-h')) {
		const {helpText} = await import('./commands/flags.js');
		return print(helpText());
	}

	if (argv.includes('--version')) {
		return print(packageVersion());
	}

	if (mayTrain(argv)) {
		const {prepareTrainer} = await import('./run/standby.js');
		prepareTrainer();
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

/** Whether a trainer will be wanted, as far as the first word tells: no harm is done where it will not. */
function mayTrain([first = 'run']: readonly string[]): boolean {
	return first === 'run' || first.startsWith('-');
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
