/** The thread of a prober: looks at the networks whose parameters it is sent. */
import {workerData} from 'node:worker_threads';
import {answerAsker} from '../answering.js';
import {createProbe, type ProberSetup} from './prober.js';

answerAsker(createProbe(workerData as ProberSetup));
