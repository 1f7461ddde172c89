import {execFileSync} from 'node:child_process';
import {
	closeSync, mkdirSync, openSync, rmSync, writeSync,
} from 'node:fs';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {temporaryFolder} from './workplace.js';

/** A disk of a few kilobytes, mounted for one test. */
export type SmallDisk = {
	readonly folder: string;
	/** Leaves no byte of room. */
	readonly fill: () => void;
	/** Gives all of the filling back. */
	readonly free: () => void;
};

/** Whether small disks can be mounted here: that takes Linux and root. */
export const canMount = (() => {
	try {
		const folder = '/tmp/ibtop-test-mount';
		mkdirSync(folder, {recursive: true});
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'none', folder], {stdio: 'ignore'});
		execFileSync('umount', [folder], {stdio: 'ignore'});
		rmSync(folder, {recursive: true});
		return true;
	} catch {
		return false;
	}
})();

/** Mounts a disk of `kilobytes`; it is gone when the test is over. */
export function mountSmallDisk(kilobytes: number): SmallDisk {
	const folder = path.join(temporaryFolder(), 'disk');
	mkdirSync(folder);
	execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=700`, 'none', folder]);
	onTestFinished(() => {
		execFileSync('umount', ['--lazy', folder]);
	});
	const filling = path.join(folder, 'filling');
	return {
		folder,
		fill() {
			const descriptor = openSync(filling, 'a');
			const page = Buffer.alloc(4096, 120);
			try {
				while (writeSync(descriptor, page) > 0) {
					// Until it is full.
				}
			} catch {
				// It is.
			} finally {
				closeSync(descriptor);
			}
		},
		free() {
			rmSync(filling, {force: true});
		},
	};
}
