import {
	readdirSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {temporaryFolder} from '../helpers/workplace.js';
import {checkUnclaimed, claimRun} from '../../source/run/claim.js';
import {runDirectory} from '../../source/run/directory.js';
import {processStart} from '../../source/run/process.js';
import {openEventWriter} from '../../source/run/writer.js';

const owner = (number: number, fields: object) => [`trainer-${String(number).padStart(6, '0')}.json`, JSON.stringify(fields)] as const;

function runOf(...owners: ReadonlyArray<readonly [string, string]>) {
	const run = runDirectory(temporaryFolder());
	for (const [name, text] of owners) {
		writeFileSync(path.join(run.folder, name), text);
	}

	return run;
}

const filesOf = (folder: string) => readdirSync(folder).toSorted();

/** A process that lives, is another one, and is on this machine. */
const living = {pid: process.ppid, started: processStart(process.ppid), host: os.hostname()};
/** As old as this machine, and certainly not the process of that pid now. */
const dead = {pid: process.ppid, started: '1', host: os.hostname()};

describe('claiming a run', () => {
	it('leaves one file, and none when it is given up', () => {
		const run = runOf();
		const release = claimRun(run, {});
		expect(filesOf(run.folder)).toEqual(['trainer-000001.json']);
		release();
		expect(filesOf(run.folder)).toEqual([]);
	});

	it.runIf(processStart(process.pid))('takes over from one that is dead, and takes its file away', () => {
		const run = runOf(owner(3, dead), owner(4, dead));
		claimRun(run, {});
		expect(filesOf(run.folder)).toEqual(['trainer-000005.json']);
	});

	it.each([
		['one that lives', living, {}, /is being trained already, by process \d+ on \S+\.$/v],
		['one on another machine, which cannot be seen from here', {pid: 7, host: 'elsewhere'}, {}, /by process 7 on elsewhere; if that is gone, remove trainer-000002\.json in its folder\.$/v],
		['one of another job on another machine', {pid: 7, host: 'elsewhere', job: '12'}, {SLURM_JOB_ID: '13'}, /elsewhere/v],
	])('is refused where there is %s', (_, fields, environment, sentence) => {
		const run = runOf(owner(2, fields));
		expect(() => claimRun(run, environment)).toThrow(sentence);
		expect(() => {
			checkUnclaimed(run, environment);
		}).toThrow(sentence);
		expect(filesOf(run.folder)).toEqual(['trainer-000002.json']);
	});

	it.each([
		['the same job, which was sent again', {job: '12'}, {SLURM_JOB_ID: '12'}],
		['the same task of an array of jobs', {job: '12_3'}, {SLURM_JOB_ID: '99', SLURM_ARRAY_JOB_ID: '12', SLURM_ARRAY_TASK_ID: '3'}],
	])('takes over from %s, wherever that ran', (_, fields, environment) => {
		const run = runOf(owner(2, {pid: 7, host: 'elsewhere', ...fields}));
		claimRun(run, environment);
		expect(filesOf(run.folder)).toEqual(['trainer-000003.json']);
	});

	it('passes by what is no claim', () => {
		const run = runOf(['trainer-000001.json', 'nonsense'], ['trainer-1.json', '{}'], ['trainer.log', '']);
		claimRun(run, {});
		expect(filesOf(run.folder)).toEqual(['trainer-000002.json', 'trainer-1.json', 'trainer.log']);
	});
});

it('events are not written through a link that was put in their place', () => {
	const run = runOf();
	const target = path.join(temporaryFolder(), 'target');
	writeFileSync(target, '');
	symlinkSync(target, run.events);
	expect(() => openEventWriter(run.events)).toThrow('ELOOP');
	rmSync(run.events);
	openEventWriter(run.events).close();
});
