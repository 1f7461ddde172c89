/** The thread that draws the orders of the next passes ahead. */
import {workerData} from 'node:worker_threads';
import {Random, type RandomState} from '../../random.js';
import {drawAhead, type OrderRing} from './ring.js';

/** What the thread has to know: where to put the orders, and what they are drawn out of. */
export type DrawerSetup = {readonly ring: OrderRing; readonly order: Int32Array; readonly state: RandomState};

const {ring, order, state} = workerData as DrawerSetup;
drawAhead(ring, order, new Random(state));
