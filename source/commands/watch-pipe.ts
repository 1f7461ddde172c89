import {usage} from '../errors.js';
import {type GivenFlags} from './experiment.js';

export async function watchPipe(_given: GivenFlags, _version: string): Promise<number> {
	throw usage('not yet');
}
