#!/usr/bin/env node
/**
A trainer takes as long to start as this process takes to understand its flags. So it is started before all that this needs is loaded, and
what starts it is bundled into one small file.
*/
import process from 'node:process';
import {isatty} from 'node:tty';
import {prepareTrainer} from './run/prepare.js';

const argv = process.argv.slice(2);
const isTraining = mayTrain(argv);
// If it cannot be started, whoever needs it tries again, and says why.
const prepared = isTraining ? await prepareTrainer().catch(() => undefined) : undefined;
// Where there is no screen to write to, words that no other command begins with are most likely those of a training.
const {main} = await (isTraining && (argv[0] === 'run' || !isatty(1)) ? import('./main-in-lines.js') : import('./main.js'));
process.exitCode = await main(argv, prepared);

/** Whether a trainer will be wanted, as far as the first word tells: no harm is done where it will not. Who asks for words only gets them at once. */
function mayTrain(words: readonly string[]): boolean {
	const [first = 'run'] = words;
	return (first === 'run' || first.startsWith('-')) && !words.some(word => ['--help', '-h', '--version'].includes(word));
}
