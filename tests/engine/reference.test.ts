import {describeEngine} from '../helpers/engine-contract.js';
import {createReferenceEngine} from '../../source/engine/builtin/reference.js';

describeEngine(createReferenceEngine);
