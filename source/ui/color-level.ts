/** 0 none, 1 the 16 colours, 2 the table of 256, 3 true colour. */
export type ColorLevel = 0 | 1 | 2 | 3;

/**
How much colour there is, decided once, from what the user and the terminal say, the first that speaks:
flag, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR, no terminal or TERM=dumb, COLORTERM, TERM.
*/
export function colorLevel(environment: NodeJS.ProcessEnv, isTerminal: boolean, flag?: boolean): ColorLevel {
	const {
		NO_COLOR: no, FORCE_COLOR: force, CLICOLOR_FORCE: cliForce, CLICOLOR: cli, COLORTERM: colorTerm, TERM: term = '',
	} = environment;
	if (flag === false || (flag === undefined && no)) {
		return 0;
	}

	if (force !== undefined && !(flag && (force === '0' || force === 'false'))) {
		return forcedLevel(force, term);
	}

	const isForced = flag === true || (cliForce !== undefined && cliForce !== '0');
	if (!isForced && (cli === '0' || !isTerminal || term === 'dumb')) {
		return 0;
	}

	return colorTerm === 'truecolor' || colorTerm === '24bit' ? 3 : levelOfTerm(term);
}

function forcedLevel(force: string, term: string): ColorLevel {
	if (force === '0' || force === 'false') {
		return 0;
	}

	return force === '1' || force === '2' || force === '3' ? Number(force) as ColorLevel : levelOfTerm(term);
}

const levelOfTerm = (term: string): ColorLevel => /256|kitty|alacritty|ghostty/v.test(term) ? 2 : 1;
