import {historyAt} from '../../history/past.js';
import {type History} from '../../history/reduce.js';

/** One of the runs that are compared. */
export type Member = {
	/** Of its directory: anything that a file system takes. */
	readonly name: string;
	readonly history: History;
	/** Why it cannot be shown. */
	readonly problem?: string | undefined;
};

/** Ends of the axes, in bits. */
export type Domain = {readonly x: readonly [number, number]; readonly y: readonly [number, number]};

/** One scale for all runs, so that a place means the same in every tile: up to the greatest H(X), and the greatest I(X;Y). */
export function commonDomain(members: readonly Member[]): Domain {
	const bounds = members.flatMap(({history}) => history.start ? [history.start.bounds] : []);
	const greatest = (axis: 'x' | 'y') => bounds.length === 0 ? 1 : Math.max(...bounds.map(bound => bound[axis]));
	return {x: [0, greatest('x')], y: [0, greatest('y')]};
}

/** The estimators of any of the runs, each once, in their order. */
export const estimatorsOf = (members: readonly Member[]): string[] =>
	[...new Set(members.flatMap(({history}) => history.start?.estimators ?? []))];

/** The epochs that any of the runs has measured, in order. */
export const epochsOf = (members: readonly Member[]): number[] =>
	[...new Set(members.flatMap(({history}) => history.epochs.map(({epoch}) => epoch)))].toSorted((a, b) => a - b);

/** The runs as they were at an epoch, each at the last that it had measured by then. */
export const membersAt = (members: readonly Member[], epoch: number | undefined): readonly Member[] => epoch === undefined
	? members
	: members.map(member => ({...member, history: historyAt(member.history, member.history.epochs.findLastIndex(each => each.epoch <= epoch))}));
