/** The thread of a pool: estimates the layers that it is sent. */
import {workerData} from 'node:worker_threads';
import {answerAsker} from '../answering.js';
import {answering, type PoolSetup} from './pool.js';
import {parseEstimators} from './registry.js';

const {ids, target} = workerData as PoolSetup;

answerAsker(answering(parseEstimators(ids), target));
