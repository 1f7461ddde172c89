/**
The papers' whole figure, 50 repeats of 8000 epochs with information and gradients, by ibtop and in the way of their code (papers.py), one repeat
after another. Ours is run as a whole; theirs for some epochs, from which the rest is extrapolated, and the table says so.
IBTOP_BENCH_REPEATS=10 for fewer repeats of ours, extrapolated too.
*/
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {loadDataset} from '../../source/dataset/registry.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {measuredEpochs} from '../../source/training/schedule.js';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {runJob} from './job.js';
import {printTable} from './table.js';

/** Seconds of theirs for an epoch, and for each measured one. */
type Answer = {readonly training: number; readonly bins: number; readonly kde: number; readonly loss: readonly [number, number]};

const figureRepeats = 50;
const ours = Number(process.env['IBTOP_BENCH_REPEATS'] ?? figureRepeats);
const preset = loadPreset('tanh');
const measured = measuredEpochs(preset.training.epochs).size;

/** What is run of theirs, and of it what is measured. */
const epochs = 201;
const measuredOfThose = [0, 50, 100, 200];

export async function benchPapers(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	try {
		const own = new Map<string, number>();
		for (const estimators of ['bins', 'bins,kde:0.001']) {
			const {seconds} = await runJob(folder, estimators.split(',').at(-1)!.replace(':', '-'), ['--repeats', String(ours), '--estimators', estimators]);
			own.set(estimators, seconds * figureRepeats / ours);
		}

		const rows: string[][] = [];
		for (const framework of ['numpy', 'torch'].filter(name => hasPython(name))) {
			const theirs = ask(framework);
			for (const [estimators, seconds] of own) {
				const each = theirs.bins + (estimators === 'bins' ? 0 : theirs.kde);
				const whole = figureRepeats * ((theirs.training * preset.training.epochs) + (each * measured));
				rows.push([
					estimators,
					framework,
					`${(theirs.training * 1000).toFixed(1)} ms`,
					`${(each * 1000).toFixed(0)} ms`,
					`${(whole / 60).toFixed(0)} min, extrapolated from ${epochs} epochs`,
					`${(seconds / 60).toFixed(1)} min${ours < figureRepeats ? `, extrapolated from ${ours} repeats` : ''}`,
					`${(whole / seconds).toFixed(0)}×`,
					`${theirs.loss[0].toFixed(3)} → ${theirs.loss[1].toFixed(3)}`,
				]);
			}
		}

		printTable(['information', 'their way in', 'an epoch', 'a measured one', `${figureRepeats} × ${preset.training.epochs} epochs`, 'ibtop, start to end', 'ratio', 'their loss'], rows);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** On one thread and on all, what is faster of each. */
function ask(framework: string): Answer {
	const [one, all] = [askOn(framework, 1), askOn(framework, os.cpus().length)];
	return {
		training: Math.min(one.training, all.training), bins: Math.min(one.bins, all.bins), kde: Math.min(one.kde, all.kde), loss: one.loss,
	};
}

const askOn = (framework: string, threads: number): Answer => withTemporaryFolder(folder => {
	const {inputs, labels} = loadDataset(preset.dataset, preset.seed);
	writeFileSync(path.join(folder, 'case.json'), JSON.stringify({
		framework, widths: networkWidths(preset), batchSize: preset.training.batchSize, learningRate: preset.training.optimizer.learningRate, epochs, measured: measuredOfThose, variance: 1e-3,
	}));
	writeFileSync(path.join(folder, 'inputs.f32'), inputs);
	writeFileSync(path.join(folder, 'labels.u8'), labels);
	return runPython(new URL('papers.py', import.meta.url), folder, threads) as Answer;
});
