import {type Tail} from '../../source/run/tail.js';

/** The lines that have come since the last look. */
export const textsOf = (tail: Tail): string[] => Array.from(tail.read(), ({bytes}) => bytes.toString());
