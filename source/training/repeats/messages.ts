import {type Dataset} from '../../dataset/dataset.js';
import {type EngineName} from '../../engine/engine.js';
import {type Preset} from '../../preset/schema.js';
import {
	type EpochEvent, type PhaseEvent, type RepeatEndEvent, type StuckEvent, type WarningEvent,
} from '../../run/events.js';
import {type RepeatState} from '../state.js';

/** What a thread is given when it starts. */
export type ThreadSetup = {
	readonly run: string;
	readonly preset: Preset;
	readonly engine: EngineName;
	/** The repeats that it trains, from 1. */
	readonly repeats: readonly number[];
	/** Where some of them were left, and the file of the events that they have told before. */
	readonly from: readonly RepeatState[];
	readonly events: string;
	/** That of the first repeat, whose arrays every repeat uses that has the same ones. */
	readonly dataset: Dataset;
	readonly gate: SharedArrayBuffer;
};

/** What one repeat tells. */
export type RepeatEvent = EpochEvent | PhaseEvent | RepeatEndEvent | StuckEvent | WarningEvent;

/** Where a repeat stands that has not ended. */
export type Standing = {readonly repeat: number; readonly epoch: number};

export type ThreadMessage
	= | {readonly kind: 'event'; readonly event: RepeatEvent}
		/** All its repeats have been told of the measured epoch number `round`, counted from 0. */
		| {readonly kind: 'round'; readonly round: number}
		/** It stands still because of the pause of that number, or of one before it. */
		| {readonly kind: 'held'; readonly pause: number; readonly standings: readonly Standing[]}
		/** What its repeats need to go on, as somebody asked by that number. */
		| {readonly kind: 'states'; readonly asked: number; readonly states: readonly RepeatState[]}
		/** It has nothing left to do, or was stopped: then some of its repeats have not ended. */
		| {readonly kind: 'over'; readonly standings: readonly Standing[]; readonly states: readonly RepeatState[]};
