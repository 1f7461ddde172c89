import path from 'node:path';
import {failure} from '../errors.js';
import {type LayerEstimates} from '../information/pool.js';
import {type NpzLimits} from '../npz/limits.js';
import {type RunEvent, type StartEvent} from '../run/events.js';
import {safeText} from '../safe-text.js';
import {isBounded} from './defaults.js';
import {type StepFile} from './drop.js';
import {type ForeignLabels} from './labels.js';
import {type MeasuredLayer, Measuring} from './measuring.js';
import {MetaFile} from './meta.js';
import {type ForeignPast} from './past.js';
import {foreignStart} from './start.js';
import {type ForeignMeta, type ForeignStep, readStep} from './step.js';
import {type StepEvent} from './timeline.js';

export type ReadingOptions = {
	readonly run: string;
	readonly folder: string;
	/** Of a run that goes on: what it holds. */
	readonly past: ForeignPast;
	readonly estimators?: readonly string[] | undefined;
	readonly limits: NpzLimits;
};

/** A step as it was read: its event with what is quick, and the one with everything, once that is known. */
export type ReadStep = {readonly news: readonly RunEvent[]; readonly quick: StepEvent; readonly complete: (() => Promise<StepEvent>) | undefined};

/** What is known of a run of somebody else's, from its first file on; makes events of files. */
export class Reading {
	readonly #options: ReadingOptions;
	readonly #meta: MetaFile;
	readonly #said = new Set<string>();
	#start: StartEvent | undefined;
	#measuring: Measuring | undefined;
	/** When the first file was written. */
	#began: number | undefined;

	constructor(options: ReadingOptions) {
		this.#options = options;
		this.#meta = new MetaFile(path.join(options.folder, 'meta.npz'), options.limits);
		this.#start = options.past.start;
		const first = options.past.epochs[0];
		this.#began = first && first.modified - (first.seconds * 1000);
	}

	get hasBegun(): boolean {
		return this.#start !== undefined;
	}

	/** Every step waits for the slow estimators that were asked for; others are measured when there is time. */
	get isPatient(): boolean {
		return this.#options.estimators !== undefined;
	}

	/** Whether labels may have come since the last file was read. */
	get hasNewMeta(): boolean {
		return this.#meta.hasChanged();
	}

	/** Reads a file; throws, with nothing changed, where that cannot be done. */
	read(file: StepFile, withSlow: boolean): ReadStep {
		const meta = this.#meta.read();
		const begun = this.#start ? [] : this.#begin(file, meta);
		this.#measuring ??= this.#goOn(file, meta);
		const measuring = this.#measuring;
		const step = readStep(file.file, meta.labels, this.#options.limits, (name, layer, labels) => {
			this.#check(file, labels);
			return measuring.measure(name, layer, labels.target, withSlow);
		});
		const quick = this.#eventOf(file, step, step.layers.map(({measured}) => measured.quick));
		return {
			news: [...begun, ...this.#oddities(step)],
			quick,
			complete: withSlow && measuring.hasSlow
				? async () => this.#eventOf(file, step, await measuring.complete(step.layers.map(({measured}) => measured), step.labels.target))
				: undefined,
		};
	}

	async close(): Promise<void> {
		await this.#measuring?.close();
	}

	/** The first file says what the layers are, and which estimators stand on them. */
	#begin(file: StepFile, meta: ForeignMeta): RunEvent[] {
		const {run, folder, estimators, limits} = this.#options;
		const step = readStep(file.file, meta.labels, limits, (_, layer) => isBounded(layer));
		const measuring = new Measuring(step.labels.target, new Map(step.layers.map(({name, measured}) => [name, measured])), {asked: estimators});
		const events = [...foreignStart({
			run, name: path.basename(folder), labels: step.labels, step, estimators: measuring.estimators, isPopulation: meta.isPopulation,
		})];
		this.#measuring = measuring;
		this.#start = events[0] as StartEvent;
		this.#began = file.modified;
		return events;
	}

	/** A run that goes on keeps its estimators; those that stood on a layer last stand on it still. */
	#goOn(file: StepFile, meta: ForeignMeta): Measuring {
		const {past, estimators, limits} = this.#options;
		const {labels} = readStep(file.file, meta.labels, limits, () => undefined);
		const last = past.epochs.at(-1);
		const bounded = new Map(this.#start!.layers.map(({name}, index) => [name, last?.layers[index]?.information['bins'] !== undefined]));
		return new Measuring(labels.target, bounded, {asked: estimators, begun: this.#start!.estimators});
	}

	#check({file}: StepFile, {rows}: ForeignLabels): void {
		const {samples} = this.#start!;
		if (rows !== samples) {
			throw failure(`${safeText(file)} has ${rows} rows and the run began with ${samples}: save the activations of the same inputs at every step.`);
		}
	}

	#eventOf({step, modified}: StepFile, read: ForeignStep<MeasuredLayer>, information: readonly LayerEstimates[]): StepEvent {
		return {
			type: 'epoch',
			epoch: this.#start!.counts === 'steps' ? step : read.epoch ?? step,
			step,
			modified,
			seconds: Math.max(0, Math.round(modified - this.#began!) / 1000),
			loss: read.loss,
			accuracy: read.accuracy,
			layers: this.#start!.layers.map(({layer, name}) => {
				const place = read.layers.findIndex(each => each.name === name);
				return {
					layer, information: information[place] ?? {}, gradient: read.gradients.get(name) ?? null, weightNorm: null,
				};
			}),
		};
	}

	/** What a file has too much or too little of, and which layers have outgrown `bins`; each said once. */
	#oddities({layers, gradients}: ForeignStep<MeasuredLayer>): RunEvent[] {
		const known = this.#start!.layers.map(({name}) => name);
		const names = layers.map(({name}) => name);
		const quoted = (name: string) => `"${safeText(name, 60)}"`;
		return [
			...known.filter(name => !names.includes(name)).map(name => `the layer ${quoted(name)} is missing in some files: it is drawn where it is there`),
			...names.filter(name => !known.includes(name)).map(name => `the layer ${quoted(name)} was not in the first file, and is left out`),
			...[...gradients.keys()].filter(name => !known.includes(name)).map(name => `there are gradients of ${quoted(name)}, which is no layer: name them as the activations`),
			...this.#measuring!.leftBounds().map(name => `the layer ${quoted(name)} has left -1 to 1, so bins is no longer measured on it: e shows other estimators`),
		].filter(message => !this.#said.has(message)).map(message => {
			this.#said.add(message);
			return {type: 'warning', message};
		});
	}
}
