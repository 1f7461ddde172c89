import {reason} from '../errors.js';
import {writeCheckpoint} from '../run/checkpoint.js';
import {type RunDirectory} from '../run/directory.js';
import {type EventWriter} from '../run/writer.js';
import {type Checkpoint} from './state.js';

/**
Writes the checkpoints of a run. One counts only with all events before it, so that these are brought to the disk first; where that
cannot be, or it cannot be written itself, the one before stands, and the run says so once.
*/
export function keeperOf(run: RunDirectory, writer: EventWriter): (checkpoint: Checkpoint) => void {
	let hasFailed = false;
	return ({epoch, states, isAsked}) => {
		try {
			if (!writer.sync()) {
				throw new Error('the events before it cannot be written');
			}

			writeCheckpoint(run, states);
			hasFailed = false;
		} catch (error) {
			if (!hasFailed || isAsked) {
				writer.append({type: 'warning', message: `The checkpoint at epoch ${epoch} could not be written (${reason(error)}); if there is one before it, that stands.`});
			}

			hasFailed = true;
			return;
		}

		if (isAsked) {
			writer.append({type: 'checkpoint', epoch});
		}
	};
}
