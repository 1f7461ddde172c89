import {type ChildProcessByStdio} from 'node:child_process';
import {type Socket} from 'node:net';
import process from 'node:process';
import {packagePath} from '../package.js';
import {inBackground} from './background.js';

/** A CommonJS module: Node reads one at once and without its loader of others, so that a trainer begins 10 ms earlier. */
export const trainerFile = 'dist/trainer.cjs';

export type Standby = ChildProcessByStdio<Socket, null, Socket>;

/** A trainer that stands by. */
export type Prepared = {
	/** Leaves it to whoever asks first; `undefined` if it is gone, or somebody has it. */
	readonly take: () => Standby | undefined;
};

/** Starts a trainer that nobody has asked for yet. If nobody does, it ends with this process. */
export async function prepareTrainer(): Promise<Prepared> {
	const {spawn} = await import('node:child_process');
	const child = spawn(process.execPath, [packagePath(trainerFile)], {...inBackground(process.env), stdio: ['pipe', 'ignore', 'pipe']}) as Standby;
	let standby: Standby | undefined = child;
	child.unref();
	for (const stream of [child.stdin, child.stderr]) {
		stream.unref();
		stream.on('error', () => undefined);
	}

	child.once('error', () => {
		standby = undefined;
	});
	child.once('exit', () => {
		standby = undefined;
	});
	process.once('exit', () => {
		standby?.kill('SIGKILL');
	});
	return {
		take() {
			const taken = standby;
			standby = undefined;
			return taken;
		},
	};
}
