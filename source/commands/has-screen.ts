import process from 'node:process';
import {type GivenFlags} from './experiment.js';

/** A screen needs a terminal on both sides, one that can move its cursor, and nobody who wants something else. */
export const hasScreen = (given: GivenFlags): boolean =>
	process.stdin.isTTY && process.stdout.isTTY && process.env['TERM'] !== 'dumb' && !given['plain'] && !given['json'];
