import process from 'node:process';

/** What this process has computed so far, in milliseconds, its threads included. */
export function processorTime(): number {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
}
