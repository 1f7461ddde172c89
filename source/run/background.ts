import {isBatchJob} from './batch-job.js';

/**
How Node is started for a program of ibtop's own that goes on when whoever started it is gone. It never speaks to a server, but Node 20 would read
the certificates that NODE_EXTRA_CA_CERTS names before anything else: the system's own, which many machines name there, take longer than the
rest of its start.
*/
export function inBackground(environment: NodeJS.ProcessEnv): {detached: boolean; env: NodeJS.ProcessEnv} {
	const {NODE_EXTRA_CA_CERTS: _certificates, ...env} = environment;
	return {detached: !isBatchJob(environment), env};
}
