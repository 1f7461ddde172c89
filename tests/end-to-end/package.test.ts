import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {
	describe, expect, it, vi,
} from 'vitest';
import {environment, programFile, runProgram} from '../helpers/program.js';
import {temporaryFolder} from '../helpers/workplace.js';

// What npm does takes its time on a busy machine.
vi.setConfig({testTimeout: 60_000});

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageJson = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {version: string};

/** User and system time of a command and all that it starts, in milliseconds, as the shell's `times` tells them. */
function cpuTime(args: readonly string[]): number {
	const told = execFileSync('/bin/sh', ['-c', '"$@" > /dev/null; times', 'sh', process.execPath, programFile, ...args], {encoding: 'utf8', env: environment()});
	const [, ofChildren = ''] = told.trimEnd().split('\n');
	return [...ofChildren.matchAll(/(?<minutes>\d+)m(?<seconds>[\d.]+)s/gv)]
		.reduce((sum, {groups}) => sum + (60_000 * Number(groups!['minutes'])) + (1000 * Number(groups!['seconds'])), 0);
}

/** The files of the bundle that a command loads. */
async function filesOf(args: readonly string[]): Promise<URL[]> {
	const hooks = String.raw`import {appendFileSync} from 'node:fs';
		export const initialize = data => { globalThis.file = data; };
		export const load = async (url, context, next) => { appendFileSync(globalThis.file, url + '\n'); return next(url, context); };`;
	const file = path.join(temporaryFolder(), 'modules');
	const asUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
	const register = `import {register} from 'node:module'; register(${JSON.stringify(asUrl(hooks))}, {data: ${JSON.stringify(file)}});`;
	await runProgram(args, {cwd: temporaryFolder(), node: ['--import', asUrl(register)]});
	return readFileSync(file, 'utf8').trimEnd().split('\n').filter(url => url.startsWith('file:')).map(url => new URL(url));
}

/** The modules of ours and of others that are in those files, as esbuild names them where it leaves blanks. */
async function modulesOf(args: readonly string[]): Promise<string[]> {
	const files = await filesOf(args);
	return files.flatMap(url => [...readFileSync(url, 'utf8').matchAll(/^\/\/ (?<module>(?:source|node_modules)\/\S+)$/gmv)].map(({groups}) => groups!['module']!));
}

describe('the package', () => {
	it('holds what a user needs and nothing else', () => {
		const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
		// Since npm 12 the packages are in an object by name, before that in a list.
		const [{files}] = Object.values(JSON.parse(told) as Record<string, {files: Array<{path: string; mode: number}>}>) as [{files: Array<{path: string; mode: number}>}];
		const paths = files.map(file => file.path);
		expect(paths.filter(file => !/^(?:dist|presets)\//v.test(file)).toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
		expect(paths.filter(file => file.startsWith('dist/') && !/\.(?:c?js|wasm)$/v.test(file) && !file.startsWith('dist/fonts/'))).toEqual([]);
		expect(paths.filter(file => file.startsWith('dist/fonts/')).toSorted()).toEqual(['arimo-bold.ttf', 'arimo-licence', 'arimo-regular.ttf', 'cousine-bold.ttf', 'cousine-licence', 'cousine-regular.ttf'].map(name => `dist/fonts/${name}`));
		expect(paths).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/main.js', 'dist/main-in-lines.js', 'dist/trainer.cjs', 'dist/prober.cjs', 'dist/orders.cjs', 'dist/estimator.cjs', 'dist/repeats.js', 'dist/cells.wasm', 'dist/dense.wasm', 'dist/kernel-sums.wasm', 'presets/tanh.json', 'presets/relu.json', 'presets/schema/preset.schema.json']));
		expect(paths.filter(file => file.startsWith('presets/') && !file.endsWith('.json'))).toEqual([]);
	});
});

describe.each([['--help'], ['-h'], ['--version']])('%s', flag => {
	it('answers in less than 150 ms of CPU', () => {
		expect(Math.min(cpuTime([flag]), cpuTime([flag]), cpuTime([flag]))).toBeLessThan(150);
	});

	it('loads no part of the screen, no engine and no schema', async () => {
		const modules = await modulesOf([flag]);
		expect(modules.includes('source/main.ts')).toBe(true);
		const heavy = /node_modules\/(?:ink|react|zod|chalk|asciichart|@tensorflow|vega[\w\-]*|d3-\w+|@resvg)\/|source\/(?:ui|chart\/(?!glyphs\.ts)|export\/(?!figures\/names\.ts)|run|training|engine\/(?:builtin|tensorflow|registry))\b/v;
		expect(modules.filter(url => heavy.test(url))).toEqual([]);
		// What is loaded before that is minified and does not name its modules; it can start a trainer, and is too small for more.
		expect(readFileSync(path.join(root, 'dist', 'cli.js')).length).toBeLessThan(3000);
	});
});

it('ibtop run loads two files, in which there is no part of the screen', async () => {
	const files = await filesOf(['run', '--epochs', '1']);
	expect(files.map(url => path.basename(url.pathname))).toEqual(['cli.js', 'main-in-lines.js']);
	// What React and what draws with it are known by; the bundles of the screen show that they still are.
	const isScreen = (url: string | URL): boolean => /\b(?:useState|createElement|reconciler)\b/vi.test(readFileSync(url, 'utf8'));
	expect(files.map(url => isScreen(url))).toEqual([false, false]);
	const chunks = readdirSync(path.join(root, 'dist')).filter(file => /^chunk-.*\.js$/v.test(file));
	expect(chunks.some(file => isScreen(path.join(root, 'dist', file)))).toBe(true);
});

it('--version says the version, wherever it stands', async () => {
	await expect(runProgram(['run', '--epochs', '5', '--version'], {cwd: temporaryFolder()})).resolves.toEqual({
		code: 0, signal: null, stdout: `${packageJson.version}\n`, stderr: '',
	});
});

it('--help explains every exit code and begins with a sentence', async () => {
	const {code, stdout, stderr} = await runProgram(['--nonsense', '--help'], {cwd: temporaryFolder()});
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	expect(stdout).toMatch(/^ibtop: the information plane of a neural network in training, live\n\nUsage\n/v);
	expect(stdout).toMatch(/Exit codes: 0 done or quit; 1 failure; 2 wrong usage; 130 Ctrl-C; 143 SIGTERM; 129 SIGHUP\./v);
	expect(stdout.split('\n').filter(line => line.length > 130)).toEqual([]);
});
