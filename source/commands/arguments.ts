import meow from 'meow';
import {usage, type UserError} from '../errors.js';
import {type GivenFlags} from './experiment.js';
import {commands, flags, operands} from './flags.js';

/** The command and the flags, checked against the tables. */
export async function readArguments(argv: string[]): Promise<{command: string; given: GivenFlags; rest: string[]}> {
	const cli = understood(() => meow({
		importMeta: import.meta,
		// It would look for package.json, and takes no more from it.
		pkg: {name: 'ibtop'},
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
	const [{didYouMean}, {safeText}] = await Promise.all([import('../nearest.js'), import('../safe-text.js')]);
	return usage(`There is no ${safeText(what, 80)}.${didYouMean(name, names.filter(each => each !== '')).replace('"', `"${prefix}`) || ' See ibtop --help.'}`);
}
