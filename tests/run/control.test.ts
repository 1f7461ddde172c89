import {
	existsSync, mkdirSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {sendRequest, takeRequests} from '../../source/run/control.js';
import {createRunDirectory, type RunDirectory} from '../../source/run/directory.js';
import {temporaryFolder} from '../helpers/workplace.js';

const newRun = (): RunDirectory => createRunDirectory(temporaryFolder(), 'test', false);

describe('a request', () => {
	it('is taken once, with who asks', () => {
		const run = newRun();
		sendRequest(run, 'pause', 'p in the viewer');
		expect(takeRequests(run)).toEqual([{name: 'pause', by: 'p in the viewer'}]);
		expect(takeRequests(run)).toEqual([]);
		expect(readdirSync(run.control)).toEqual([]);
	});

	it('appears whole, under its name, with nothing beside it', () => {
		const run = newRun();
		sendRequest(run, 'stop', 'x'.repeat(100));
		expect(readdirSync(run.control)).toEqual(['stop']);
	});

	it('is one request, however often it is sent before it is taken', () => {
		const run = newRun();
		sendRequest(run, 'stop', 'first');
		sendRequest(run, 'stop', 'second');
		expect(takeRequests(run)).toEqual([{name: 'stop', by: 'second'}]);
	});

	it('can come with others', () => {
		const run = newRun();
		sendRequest(run, 'stop', 'a');
		sendRequest(run, 'pause', 'b');
		expect(takeRequests(run).map(({name}) => name)).toEqual(['pause', 'stop']);
	});

	it('leaves files of other names alone, half-written ones among them', () => {
		const run = newRun();
		writeFileSync(path.join(run.control, 'stop.1234.tmp'), 'sto');
		writeFileSync(path.join(run.control, 'explode'), 'x');
		expect(takeRequests(run)).toEqual([]);
		expect(readdirSync(run.control).toSorted()).toEqual(['explode', 'stop.1234.tmp']);
	});

	it('says who asks in safe and short words only', () => {
		const run = newRun();
		writeFileSync(path.join(run.control, 'stop'), `\u001B[2Jevil\r\n${'x'.repeat(10_000)}`);
		const [request] = takeRequests(run);
		expect(request!.by).toMatch(/^evil[^\p{Cc}\p{Cf}]*$/v);
		expect(request!.by.length).toBeLessThanOrEqual(81);
	});

	it('is not hindered by another that cannot be read', () => {
		const run = newRun();
		mkdirSync(path.join(run.control, 'pause'));
		sendRequest(run, 'stop', 'q');
		expect(takeRequests(run)).toContainEqual({name: 'stop', by: 'q'});
	});

	it('is none where the folder is gone, and sending one there fails', () => {
		const run = newRun();
		rmSync(run.control, {recursive: true});
		expect(takeRequests(run)).toEqual([]);
		expect(() => {
			sendRequest(run, 'stop', 'q');
		}).toThrow();
		expect(existsSync(run.control)).toBe(false);
	});
});
