#!/usr/bin/env node
import process from 'node:process';
import {
	commands, flags, helpText, operands,
} from './commands/flags.js';
import {type GivenFlags} from './commands/experiment.js';
import {hasScreen} from './commands/has-screen.js';
import {describeError, usage, UserError} from './errors.js';
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
		return print(helpText());
	}

	if (argv.includes('--version')) {
		return print(packageVersion());
	}

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

/** The command and the flags, checked against the tables. */
async function readArguments(argv: string[]): Promise<{command: string; given: GivenFlags; rest: string[]}> {
	const {default: meow} = await import('meow');
	const cli = understood(() => meow({
		importMeta: import.meta,
		argv,
		autoHelp: false,
		autoVersion: false,
		// A switch that was not given is neither on nor off.
		booleanDefault: undefined,
		flags: Object.fromEntries(flags.map(({name, value, short}) => [
			name.replaceAll(/-(?<letter>[a-z])/gv, (_, letter: string) => letter.toUpperCase()),
			{type: value ? 'string' : 'boolean', ...(short && {shortFlag: short})} as const,
		])),
	}));
	const given: Record<string, string | boolean | undefined> = {};
	for (const [key, value] of Object.entries(cli.unnormalizedFlags as Record<string, string | boolean | undefined>)) {
		const name = key.replaceAll(/[A-Z]/gv, letter => `-${letter.toLowerCase()}`);
		const flag = flags.find(each => each.name === name || each.short === name);
		if (!flag) {
			throw await unknown(`flag ${name.length === 1 ? '-' : '--'}${name}`, name, flags.map(each => each.name), '--');
		}

		if (flag.value && value === '') {
			throw usage(`--${name} needs a value: ${flag.value}.`);
		}

		given[flag.name] = value;
	}

	const valued = flags.find(({name, value}) => !value && argv.some(argument => argument.startsWith(`--${name}=`)));
	if (valued) {
		throw usage(`--${valued.name} takes no value: leave out what follows it.`);
	}

	const [command = '', ...rest] = cli.input;
	if (!commands.some(({name}) => name === command)) {
		throw await unknown(`command "${command}"`, command, commands.map(({name}) => name));
	}

	const stray = flags.find(({name, only}) => only && given[name] !== undefined && !only.includes(command));
	if (stray) {
		throw await unknown(`flag --${stray.name}`, stray.name, flags.filter(({only}) => !only || only.includes(command)).map(({name}) => name), '--');
	}

	const surplus = rest[operands[command] ?? 0];
	if (surplus !== undefined) {
		throw await unknown(`argument "${surplus}"`, surplus, []);
	}

	return {command, given, rest};
}

/** What meow cannot make sense of is wrong usage. */
function understood<Result>(parse: () => Result): Result {
	try {
		return parse();
	} catch (error) {
		throw usage((error as Error).message);
	}
}

async function unknown(what: string, name: string, names: readonly string[], prefix = ''): Promise<UserError> {
	const [{didYouMean}, {safeText}] = await Promise.all([import('./nearest.js'), import('./safe-text.js')]);
	return usage(`There is no ${safeText(what, 80)}.${didYouMean(name, names.filter(each => each !== '')).replace('"', `"${prefix}`) || ' See ibtop --help.'}`);
}
