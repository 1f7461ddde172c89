/** The thread of a prober: looks at the networks whose parameters it is sent. */
import {workerData} from 'node:worker_threads';
import {answerAsker} from '../answering.js';
import {createProbe, type ThreadSetup} from './prober.js';

const {setup, example} = workerData as ThreadSetup;
const answer = createProbe(setup);
// The first look takes ten times as long as later ones; nobody shall wait for it, who could have looked himself meanwhile.
answer(example);
answerAsker(answer);
