/** The trainer's process is started before the flags are understood: nothing of that may show where they turn out to be wrong. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {expect, it, vi} from 'vitest';
import {runProgram, startProgram} from '../helpers/program.js';
import {until} from '../helpers/until.js';
import {temporaryFolder, trainersIn} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

const trainerFile = fileURLToPath(new URL('../../dist/trainer.cjs', import.meta.url));

it.each([
	['an unknown preset', ['run', '--preset', 'nope']],
	['an unknown flag', ['--nope']],
	['a command after a flag', ['--runs', 'runs', 'ls']],
])('%s leaves no trainer, and no folder', async (_, args) => {
	const cwd = temporaryFolder();
	const {stderr} = await runProgram(args, {cwd});
	expect(stderr.trimEnd().split('\n').length).toBe(1);
	await until('the trainer that stood by is gone', () => trainersIn(cwd).length === 0);
	expect(readdirSync(cwd)).toEqual([]);
});

it('a trainer that stands by ends with whoever would have told it its run', async () => {
	const cwd = temporaryFolder();
	const program = startProgram(['run', '--runs', 'runs', '--name', 'test'], {cwd});
	await until('the trainer stands by', () => trainersIn(cwd).length === 1);
	program.kill('SIGKILL');
	await program.outcome;
	await until('the trainer is gone, or has a run', () => trainersIn(cwd).length === 0 || readdirSync(cwd).length > 0);
});

it('a trainer that is told nothing says nothing', async () => {
	const {code, stdout, stderr} = await runProgram([trainerFile], {cwd: temporaryFolder(), file: process.execPath});
	expect([code, stdout, stderr]).toEqual([0, '', '']);
});

it('a trainer is not told of certificates, which Node 20 would read for longer than it takes to start', async () => {
	const cwd = temporaryFolder();
	const env = {NODE_EXTRA_CA_CERTS: path.join(cwd, 'certificates.pem')};
	const environmentOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
	for (const words of [['run', '--runs', 'runs', '--name', 'test', '--epochs', '100000'], ['resume', 'runs/test', '--epochs', '200000']]) {
		const program = startProgram(words, {cwd, env});
		await until('the trainer is there', () => trainersIn(cwd).length > 0 && program.stdout().includes('epoch'));
		const [trainer] = trainersIn(cwd) as [number];
		expect(environmentOf(program.pid)).toContain(`NODE_EXTRA_CA_CERTS=${env.NODE_EXTRA_CA_CERTS}`);
		expect(environmentOf(trainer).filter(variable => variable.startsWith('HOME='))).toHaveLength(1);
		expect(environmentOf(trainer).filter(variable => variable.includes('CERTS'))).toEqual([]);
		program.kill('SIGINT');
		await program.outcome;
	}
});
