/** `npm run bench [-- NAME…]`: every benchmark, or those named. Ratios are taken within one run, since machines are noisy. */
import os from 'node:os';
import process from 'node:process';
import {benchEngines} from './engines.js';
import {benchEstimators} from './estimators.js';
import {benchExport} from './export.js';
import {benchForeign} from './foreign.js';
import {benchGrowth} from './growth.js';
import {benchHistory} from './history.js';
import {benchJob} from './job.js';
import {benchMeasuring} from './measuring.js';
import {benchPapers} from './papers.js';
import {benchScreen} from './screen.js';
import {benchViewer} from './viewer.js';

const benches: Readonly<Record<string, () => Promise<void>>> = {
	engines: benchEngines,
	estimators: benchEstimators,
	export: benchExport,
	foreign: benchForeign,
	growth: benchGrowth,
	history: benchHistory,
	job: benchJob,
	measuring: benchMeasuring,
	papers: benchPapers,
	screen: benchScreen,
	viewer: benchViewer,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.versions.node}`);
for (const name of names) {
	const bench = benches[name];
	if (!bench) {
		throw new Error(`There is no benchmark "${name}": ${Object.keys(benches).join(', ')}.`);
	}

	console.log(`\n${name}`);
	await bench();
}
