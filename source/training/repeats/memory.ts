import os from 'node:os';
import process from 'node:process';
import {describeDataset} from '../../dataset/registry.js';
import {trainingSize} from '../../dataset/split.js';
import {optimizers} from '../../engine/optimizer.js';
import {usage} from '../../errors.js';
import {networkWidths} from '../../preset/load.js';
import {type Preset} from '../../preset/schema.js';
import {enoughForFit} from '../../probes/view.js';
import {measuredEpochs} from '../schedule.js';
import {threadsFor} from './shares.js';

/** Bytes of a process and of a thread that have nothing to train, measured generously. */
const processBytes = 150e6;
const threadBytes = 60e6;

/** Rows that an engine keeps room for at the least, since that many go through the network at a time when all are measured. */
const leastRows = 512;

/** Bytes of WebAssembly's memory that the engines of one thread may share: it ends at 4 GB, and half of that is certain. */
const engineBytes = 2e9;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const parametersOf = (widths: readonly number[]): number => sum(widths.slice(1).map((units, layer) => (widths[layer]! + 1) * units));

/** Bytes that a run takes whatever the number of its repeats, for each of its threads, and for each repeat: rather too many than too few. */
export function memoryNeeds(preset: Preset): {readonly fixed: number; readonly thread: number; readonly repeat: number} {
	const {training, split, estimators} = preset;
	const shape = describeDataset(preset.dataset);
	const {samples, features, classes, trainable} = shape;
	const widths = networkWidths(preset, shape);
	const layers = widths.length - 1;
	const parameters = parametersOf(widths);
	const rows = Math.max(training.batchSize, leastRows);
	// Weights, gradients, the optimiser's slots and a copy that is looked at; float64 means and squares of the gradients.
	const network = parameters * ((4 * (3 + optimizers[training.optimizer.name].slots)) + 16);
	// Values and their gradients, a batch, the order of the samples, their labels.
	const steps = (8 * rows * sum(widths)) + (4 * training.batchSize * (features + classes)) + (8 * trainingSize(trainable, split.train)) + samples;
	// What the phases are found in: a pair of numbers a measured epoch, layer and estimator, or ratio.
	const series = 64 * measuredEpochs(training.epochs).size * layers * (1 + estimators.length);
	const data = samples * ((4 * features) + (8 * classes) + 1);
	// What a repeat looks at besides what is measured, and the activations of both with what estimators make of them.
	const others = shape.measured < samples ? Math.min(samples - shape.measured, 2 * enoughForFit) : 0;
	const activations = 12 * (shape.measured + others) * sum(widths.slice(1));
	return {fixed: processBytes + (2 * data), thread: threadBytes + data + activations, repeat: network + steps + series + (4 * others * features)};
}

/** How many repeats fit into so many bytes. */
export function repeatsThatFit(preset: Preset, threads: number, bytes: number): number {
	const {fixed, thread, repeat} = memoryNeeds(preset);
	return Math.max(0, Math.floor((bytes - fixed - (threads * thread)) / repeat));
}

/** How many engines the threads have room for. */
export function enginesThatFit(preset: Preset, threads: number): number {
	const engine = 4 * parametersOf(networkWidths(preset)) * (2 + optimizers[preset.training.optimizer.name].slots);
	return threads * Math.floor(engineBytes / engine);
}

/** Bytes that are free on this machine, and within what this process may take. */
export const freeMemory = (): number => Math.min(os.freemem(), process.availableMemory());

/** Throws where the repeats of a preset would not fit. One alone is let try: what it takes is known less well than what many do. */
export function checkMemory(preset: Preset, available: () => number = freeMemory): void {
	if (preset.repeats === 1) {
		return;
	}

	const threads = threadsFor(preset.repeats);
	const bytes = available();
	const engines = enginesThatFit(preset, threads);
	const fit = Math.min(engines, repeatsThatFit(preset, threads, bytes));
	if (fit >= preset.repeats) {
		return;
	}

	if (fit === engines) {
		throw usage(`${preset.repeats} networks of this size do not fit into the ${threads} threads that this machine runs: ${fitSentence(fit)}.`);
	}

	const {fixed, thread, repeat} = memoryNeeds(preset);
	const needed = fixed + (threads * thread) + (preset.repeats * repeat);
	throw usage(`${preset.repeats} repeats need about ${inGigabytes(needed)} of memory, and ${inGigabytes(bytes)} are free: ${fitSentence(fit)}.`);
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;

const fitSentence = (fit: number): string => fit < 2 ? 'give --repeats 1' : `at most ${fit} fit, so give --repeats ${fit} or fewer`;
