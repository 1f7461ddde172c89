import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const python = '/usr/bin/python3';

/** Whether Python is there with this module; where it is not, says so in one line, since the tests that need it are skipped. */
export function hasPython(module: string): boolean {
	try {
		execFileSync(python, ['-c', `import ${module}`], {stdio: 'ignore'});
		return true;
	} catch {
		console.warn(`Skipped: ${python} cannot import ${module}, so ibtop is not held against it here.`);
		return false;
	}
}

/** Runs a script that stands beside the test with a folder for its files as its argument, on one thread unless told otherwise; what it prints, as JSON. */
export function runPython(script: URL, folder: string, threads = 1): unknown {
	return JSON.parse(execFileSync(python, [fileURLToPath(script), folder], {
		encoding: 'utf8', maxBuffer: 2 ** 28, env: {OMP_NUM_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1'},
	}));
}

/** A temporary folder, for as long as `body` runs. */
export function withTemporaryFolder<Result>(body: (folder: string) => Result): Result {
	const folder = mkdtempSync(path.join(tmpdir(), 'ibtop-test-'));
	try {
		return body(folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
