import {statSync} from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import {formatCount, formatDuration} from '../chart/format.js';
import {failure, reason, UserError} from '../errors.js';
import {isForeign, type RunDirectory, runsRoot} from '../run/directory.js';
import {runsBelow} from '../run/find.js';
import {glanceAt} from '../run/glance.js';
import {safeText} from '../safe-text.js';
import {type GivenFlags, textOf} from './experiment.js';

type Row = {
	readonly run: string;
	readonly preset: string;
	readonly state: string;
	readonly epoch: number | null;
	/** As many as it is to have; null where somebody else decides that. */
	readonly epochs: number | null;
	/** When it was made, in milliseconds since 1970. */
	readonly created: number;
	readonly host: string;
	readonly folder: string;
};

/** `ibtop ls`: the runs in the runs folder, the newest last, as a table or as JSON; what cannot be read, and why. */
export function listRuns(given: GivenFlags, now = Date.now()): string {
	const root = runsRoot(textOf(given, 'runs'), process.env);
	const problems: string[] = [];
	const rows = runsIn(root).flatMap(run => {
		try {
			return [rowOf(run)];
		} catch (error) {
			problems.push(error instanceof UserError ? error.message : reason(error));
			return [];
		}
	}).toSorted((a, b) => a.created - b.created);
	if (given['json']) {
		return JSON.stringify(rows.map(({created, ...row}) => ({...row, created: dateOf(created)})));
	}

	const table = rows.length === 0 ? [`No runs in ${safeText(root)}: start one with "ibtop".`] : tableOf(rows, now);
	return [...table, ...problems].join('\n');
}

function runsIn(root: string): RunDirectory[] {
	const runs = runsBelow(root);
	if (runs.length === 0 && !isFolder(root)) {
		throw failure(`There is no folder ${safeText(root)}: start a run with "ibtop", or name another folder with --runs.`);
	}

	return runs;
}

const isFolder = (folder: string): boolean => statSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false;

function rowOf(run: RunDirectory): Row {
	const {manifest, state, epoch} = glanceAt(run);
	return {
		run: safeText(run.name),
		preset: isForeign(manifest) ? `(${manifest.source.kind})` : safeText(manifest.preset.name, 40),
		state,
		epoch: epoch ?? null,
		epochs: isForeign(manifest) ? null : manifest.preset.training.epochs,
		created: Date.parse(manifest.created),
		host: safeText(manifest.host, 40),
		folder: run.folder,
	};
}

function tableOf(rows: readonly Row[], now: number): string[] {
	const cells = [
		['run', 'preset', 'state', 'epoch', 'age', 'where'],
		...rows.map(({run, preset, state, epoch, epochs, created, host}) => [
			run, preset, state, `${formatCount(epoch ?? 0)}${epochs === null ? '' : `/${formatCount(epochs)}`}`, ageText(now - created), host === os.hostname() ? 'here' : host,
		]),
	];
	const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => row[column]!.length)));
	return cells.map(row => row.map((cell, column) => column === 3 || column === 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)).join('  ').trimEnd());
}

/** A clock that was set back makes no age negative. */
const ageText = (milliseconds: number): string => Number.isFinite(milliseconds) ? formatDuration(Math.max(0, Math.round(milliseconds / 1000))) : '–';

const dateOf = (milliseconds: number): string | null => Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : null;
