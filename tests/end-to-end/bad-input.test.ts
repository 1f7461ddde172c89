import {
	existsSync, mkdirSync, readdirSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
	describe, expect, it, vi,
} from 'vitest';
import {loadTensorflow} from '../../source/engine/tensorflow/api.js';
import {canMount, mountSmallDisk} from '../helpers/disk.js';
import {type Outcome, runProgram} from '../helpers/program.js';
import {openScreen} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

/** One sentence: one line, with its full stop or question mark, nothing raw in it and no stack trace. */
const sentence = /^[^\p{Cc}\p{Cf}]+[.?]\n$/v;

/** Nothing on stdout, one sentence on stderr, the exit code: all at once, so that a failure shows everything. */
function expectRefusal(outcome: Outcome, code: 1 | 2, said: RegExp): void {
	expect(outcome).toEqual({
		code, signal: null, stdout: '', stderr: expect.stringMatching(sentence) as string,
	});
	expect(outcome.stderr).toMatch(said);
	expect(outcome.stderr).not.toMatch(/\bat .*:\d+:\d+|Something went wrong|\bundefined\b|\[object/v);
}

const escape = '\u001B';

/** The preset tanh, as a user's own file. */
const preset = {
	name: 'mine',
	description: 'A preset of a test.',
	dataset: {name: 'symmetric-rule', labels: 'deterministic'},
	split: {method: 'random', train: 0.8},
	network: {hidden: [10, 7], activation: 'tanh', initialisation: 'truncated-normal-fan-in'},
	training: {
		optimizer: {name: 'adam', learningRate: 0.0004}, batchSize: 512, epochs: 3, shuffle: true,
	},
	estimators: ['bins'],
	seed: 1,
};

describe('a flag', () => {
	it.each([
		['that does not exist', ['--epoch', '5'], /^There is no flag --epoch\. Did you mean "--epochs"\?$/mv],
		['that is nothing like any', ['--zzzzzzzzzz'], /^There is no flag --zzzzzzzzzz\. See ibtop --help\.$/mv],
		['with an escape sequence in its name', [`--${escape}]0;evil\u0007`], /^There is no flag --/mv],
		['without its value', ['--epochs'], /^--epochs needs a value: N\.$/mv],
		['without its value, another flag behind it', ['--preset', '--json'], /^--preset needs a value: NAME\|FILE\.$/mv],
		['given twice', ['--epochs', '5', '--epochs', '6'], /--epochs .*(?:once|twice)/v],
		['that is a switch, with a value', ['--json=yes', '--epochs', '1'], /--json/v],
	])('%s is refused', async (_, args, said) => {
		expectRefusal(await runProgram(args, {cwd: temporaryFolder()}), 2, said);
	});

	it.each([
		['--preset', 'thanh', /^There is no preset "thanh"\. Did you mean "tanh"\?$/mv],
		['--preset', `${escape}[2Jtanh`, /^There is no preset "tanh"/mv],
		['--preset', './none.json', /^The preset \.\/none\.json cannot be read: it does not exist\.$/mv],
		['--preset', './', /^The preset \.\/ cannot be read: it is a folder\.$/mv],
		['--epochs', '-1', /^--epochs must be at least 1, not -1\.$/mv],
		['--batch-size', '3277', /^--batch-size 3277 is larger than the training set of 3276 samples\.$/mv],
		['--learning-rate', 'NaN', /^--learning-rate must be a number, not "NaN"\.$/mv],
		['--learning-rate', 'abc', /^--learning-rate must be a number, not "abc"\.$/mv],
		['--learning-rate', '-1', /^--learning-rate must be more than 0, not -1\.$/mv],
		['--hidden', '0', /^--hidden must be at least 1, not 0\.$/mv],
		['--hidden', '10-1e9', /^--hidden must be at most 10000, not 1000000000\.$/mv],
		['--hidden', Array.from({length: 21}, () => '3').join('-'), /^--hidden must .*at most 20 entries, not 21\.$/mv],
		['--activation', 'tahn', /^--activation must be "tanh" or .*Did you mean "tanh"\?$/mv],
		['--optimizer', 'rmsprop', /^--optimizer must be .*adam.*sgd/mv],
		['--momentum', '0.9', /^--momentum is a setting of sgd, and the optimizer is adam: /mv],
		['--estimators', 'bin', /^There is no estimator "bin"\. Did you mean "bins"\?$/mv],
		['--engine', 'torch', /^--engine must be auto or .*not "torch"\.$/mv],
		['--name', '../escape', /^--name "\.\.\/escape" is no name for a run: /mv],
		['--name', `a${escape}[31mb`, /^--name "ab" is no name for a run: /mv],
		['--name', `a${escape}]0;title\u0007\u202Eb`, /^--name "[^\p{C}]*" is no name for a run: /mv],
	])('%s %j is refused', async (flag, value, said) => {
		const cwd = temporaryFolder();
		expectRefusal(await runProgram([`${flag}=${value}`], {cwd}), 2, said);
		expect(readdirSync(cwd)).toEqual([]);
	});
});

describe('a command', () => {
	it.each([
		['that does not exist', ['rum'], /^There is no command "rum"\. Did you mean "run"\?$/mv],
		['that is nothing like any', ['frobnicate'], /^There is no command "frobnicate"\. See ibtop --help\.$/mv],
		['with an escape sequence', [`${escape}[2Jrun!`], /^There is no command "run!"/mv],
		['with something behind it', ['run', 'tanh'], /^There is no argument "tanh"/mv],
	])('%s is refused', async (_, args, said) => {
		expectRefusal(await runProgram(args, {cwd: temporaryFolder()}), 2, said);
	});
});

describe('a preset file', () => {
	const {network} = preset;
	it.each([
		['that is not JSON', '{"name": ', /is not JSON/v],
		['with an unknown field', {...preset, colour: 'red'}, /"colour" has no place here; remove it\.$/mv],
		['with a __proto__ key', JSON.stringify(preset).replace('{', '{"__proto__": {"seed": 9}, '), /"__proto__" has no place here; remove it\.$/mv],
		['with text for a number', {...preset, seed: 'one'}, /"seed" must be .*number, not "one"\.$/mv],
		['with a layer of no units', {...preset, network: {...network, hidden: [10, 0]}}, /"network\.hidden\.1" must be at least 1, not 0\.$/mv],
		['with a layer of 1e9 units', {...preset, network: {...network, hidden: [1e9]}}, /"network\.hidden\.0" must be at most 10000, not 1000000000\.$/mv],
		['with an escape sequence in a field name', {...preset, [`${escape}[31mred`]: 1}, /"red" has no place here; remove it\.$/mv],
	])('%s is refused', async (_, contents, said) => {
		const cwd = temporaryFolder();
		writeFileSync(path.join(cwd, 'mine.json'), typeof contents === 'string' ? contents : JSON.stringify(contents));
		const outcome = await runProgram(['--preset', 'mine.json'], {cwd});
		expectRefusal(outcome, 2, said);
		expect(outcome.stderr).toMatch(/mine\.json|^There is no estimator/v);
		expect(readdirSync(cwd)).toEqual(['mine.json']);
	});

	it('without a fault trains, flags and all', async () => {
		const cwd = temporaryFolder();
		writeFileSync(path.join(cwd, 'mine.json'), JSON.stringify(preset));
		const {code, stdout} = await runProgram(['--preset', 'mine.json', '--epochs', '2', '--optimizer', 'sgd', '--momentum', '0.5'], {cwd});
		expect(code).toBe(0);
		expect(stdout).toContain('mine finished at epoch 2 ');
	});
});

describe('where a run is to lie', () => {
	it('is refused below a file', async () => {
		const cwd = temporaryFolder();
		writeFileSync(path.join(cwd, 'file'), '');
		const outcome = await runProgram(['--runs', 'file/runs'], {cwd});
		expectRefusal(outcome, 1, /^The runs folder \S+\/file\/runs cannot be made \(a part of its path is a file, not a folder\): name another with --runs\.$/mv);
	});

	it('is refused where the folder itself is a file', async () => {
		const cwd = temporaryFolder();
		writeFileSync(path.join(cwd, 'file'), '');
		expectRefusal(await runProgram(['--runs', 'file'], {cwd}), 1, /^The runs folder \S+\/file cannot be made /mv);
	});

	it('is refused where there is a run already, which is left alone', async () => {
		const cwd = temporaryFolder();
		mkdirSync(path.join(cwd, 'runs', 'mine'), {recursive: true});
		expectRefusal(await runProgram(['--runs', 'runs', '--name', 'mine'], {cwd}), 2, /^The run \S+\/runs\/mine exists already: choose another --name\.$/mv);
		expect(readdirSync(path.join(cwd, 'runs', 'mine'))).toEqual([]);
	});

	it.skipIf(!canMount)('is refused on a full disk (needs root, to mount one)', async () => {
		const disk = mountSmallDisk(64);
		disk.fill();
		const outcome = await runProgram(['--runs', disk.folder, '--name', 'mine'], {cwd: temporaryFolder()});
		expectRefusal(outcome, 1, /cannot be (?:written|made) \(no space is left on the disk\): free some space or name another folder with --runs\.$/mv);
	});
});

describe('a training that cannot go on', () => {
	it('for weights that become NaN stops at that epoch and says so, with exit code 1', async () => {
		const cwd = temporaryFolder();
		const divergent = ['--optimizer', 'sgd', '--activation', 'linear', '--learning-rate', '1e6'];
		const {code, stdout, stderr} = await runProgram(['run', '--json', ...divergent, '--runs', 'runs', '--name', 'test'], {cwd});
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		const end = run.events().at(-1);
		expect(code).toBe(1);
		expect(end).toMatchObject({type: 'end', reason: 'diverged', message: expect.stringMatching(/became NaN or infinite by epoch \d+/v) as string});
		const {epoch} = end as {epoch: number};
		expect(stderr.split('\n').at(-2)).toMatch(new RegExp(String.raw`^The training diverged: .* by epoch ${epoch}; try a smaller learning rate\.$`, 'v'));
		expect(stdout).not.toMatch(/NaN[^ ]|Infinity/v);
		expect(run.events().filter(event => event.type === 'epoch' && event.epoch >= epoch)).toEqual([]);
	});

	it('for an engine that cannot be loaded says so, with exit code 1, with and without a screen', async ({skip}) => {
		skip(await canLoadTensorflow(), 'TensorFlow can be loaded here');
		const args = ['--engine', 'tensorflow'];
		const said = /^The engine "tensorflow" cannot be loaded here \(.+\): use --engine builtin, or install @tensorflow\/tfjs-node\.$/mv;
		const cwd = temporaryFolder();
		const {code, stderr} = await runProgram(['run', ...args, '--runs', 'runs', '--name', 'test'], {cwd});
		expect(code).toBe(1);
		expect(stderr.trimEnd().split('\n').at(-1)).toMatch(said);
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		expect(run.events()).toEqual([{type: 'end', reason: 'failed', message: expect.stringMatching(said) as string}]);

		const {session, folder} = openScreen(args, {columns: 300});
		await expect(session.exited).resolves.toEqual({code: 1, signal: 0});
		expect(session.isAlternateScreen).toBe(false);
		expect(session.normalText()).toMatch(said);
		expect(existsSync(path.join(folder, 'runs', 'test', 'events.ndjson'))).toBe(true);
	});
});

it('wrong usage is told on the terminal as it is: no screen is opened for it', async () => {
	const {session, folder} = openScreen(['--preset', 'thanh']);
	await expect(session.exited).resolves.toEqual({code: 2, signal: 0});
	expect(session.output).toBe('There is no preset "thanh". Did you mean "tanh"?\r\n');
	expect(readdirSync(folder)).toEqual([]);
});

it('IBTOP_DEBUG=1 shows where an error came from', async () => {
	const {code, stderr} = await runProgram(['--preset', 'thanh'], {cwd: temporaryFolder(), env: {IBTOP_DEBUG: '1'}});
	expect(code).toBe(2);
	expect(stderr).toContain('There is no preset "thanh".');
	expect(stderr).toMatch(/^ +at .+\.js:\d+:\d+/mv);
});

async function canLoadTensorflow(): Promise<boolean> {
	try {
		await loadTensorflow();
		return true;
	} catch {
		return false;
	}
}
