/** What measuring costs: all 8000 epochs of `tanh`, bare, measured without estimators, with the preset's, and with all of them. */
import {performance} from 'node:perf_hooks';
import {loadPreset} from '../../source/preset/load.js';
import {trainingOf} from '../helpers/train.js';
import {trainBare} from './bare.js';
import {median, printTable} from './table.js';

const epochs = 8000;
const all = ['bins', 'width:0.07', 'uniform:30', 'quantile:30', 'exact:8', 'kde:0.001'];

export async function benchMeasuring(): Promise<void> {
	const loaded = loadPreset('tanh');
	const preset = {...loaded, training: {...loaded.training, epochs}};
	const timed = async (work: () => Promise<void>) => {
		const start = performance.now();
		await work();
		return (performance.now() - start) / 1000;
	};

	const measured = (estimators: readonly string[]) => async () => {
		for await (const _ of trainingOf({...preset, estimators: [...estimators]})) {
			// Taking the next one is what trains.
		}
	};

	const ways: ReadonlyArray<readonly [string, () => Promise<void>]> = [
		['nothing measured', async () => {
			trainBare(preset);
		}],
		['no estimator', measured([])],
		[preset.estimators.join(', '), measured(preset.estimators)],
		[all.join(', '), measured(all)],
	];
	const times = ways.map((): number[] => []);
	for (let round = 0; round < 3; round++) {
		for (const [index, [, way]] of ways.entries()) {
			times[index]!.push(await timed(way));
		}
	}

	const none = median(times[1]!);
	printTable(['estimators', 'seconds', 'epochs/s', 'of that without estimators'], ways.map(([name], index) => {
		const seconds = median(times[index]!);
		return [name, seconds.toFixed(1), (epochs / seconds).toFixed(0), (none / seconds).toFixed(2)];
	}));
}
