import {parentPort, Worker} from 'node:worker_threads';
import {packagePath} from './package.js';

/** Threads that answer questions while whoever asks goes on. */
export type Answering<Question, Answer> = {
	/** What the question holds must not change until it is answered. */
	readonly ask: (question: Question) => Promise<Answer>;
	/** For an asker who has to wait: answers a question that no thread has begun with in the asker's own; `false` if there is none. */
	readonly help: () => boolean;
	readonly close: () => Promise<void>;
};

export type AnsweringOptions<Question, Answer> = {
	/** Of the package; it calls `answerAsker`. */
	readonly file: string;
	/** The thread's `workerData`. */
	readonly setup: unknown;
	readonly threads: number;
	/** As the threads answer, in the asker's thread; what it throws is the answer, too. */
	readonly answer: (question: Question) => Answer;
};

/** What a thread is asked, and what it says; a claim is 0 until somebody takes the question. */
type Asked<Question> = {readonly question: Question; readonly claim: Int32Array};
type Said<Answer> = {readonly answer: Answer} | {readonly error: string} | 'claimed';

type Task<Question, Answer> = Asked<Question> & {readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void};

/**
Threads that answer in the order in which they are asked. A question is sent at once, to the thread with the fewest to do: whoever asks may
be busy for long before it hears of answers, and a thread that had to wait for the next question until then would stand still.
*/
export function createAnswering<Question, Answer>({file, setup, threads, answer}: AnsweringOptions<Question, Answer>): Answering<Question, Answer> {
	const lines = Array.from({length: threads}, () => ({worker: new Worker(packagePath(file), {workerData: setup}), tasks: [] as Array<Task<Question, Answer>>}));
	const failure: {error?: Error} = {};
	const fail = (error: Error) => {
		failure.error = error;
		for (const {reject} of lines.flatMap(({tasks}) => tasks.splice(0))) {
			reject(error);
		}
	};

	for (const {worker, tasks} of lines) {
		worker.on('error', fail);
		worker.on('message', (said: Said<Answer>) => {
			const task = tasks.shift();
			if (said !== 'claimed') {
				settle(task!, said);
			}
		});
	}

	return {
		ask: async question => new Promise((resolve, reject) => {
			if (failure.error) {
				reject(failure.error);
				return;
			}

			const asked = {question, claim: new Int32Array(new SharedArrayBuffer(4))};
			const [{worker, tasks}] = lines.toSorted((a, b) => a.tasks.length - b.tasks.length) as [typeof lines[number]];
			tasks.push({...asked, resolve, reject});
			worker.postMessage(asked);
		}),
		help() {
			const task = lines.flatMap(({tasks}) => tasks).find(({claim}) => isFirst(claim));
			if (task) {
				settle(task, sayTo(answer, task.question));
			}

			return task !== undefined;
		},
		async close() {
			await Promise.all(lines.map(async ({worker}) => worker.terminate()));
		},
	};
}

/** The work of such a thread: it answers what it is asked, one question after another, unless the asker has begun with one itself. */
export function answerAsker<Question, Answer>(answer: (question: Question) => Answer): void {
	const port = parentPort!;
	port.on('message', ({question, claim}: Asked<Question>) => {
		port.postMessage(isFirst(claim) ? sayTo(answer, question) : 'claimed');
	});
}

/** Whether the caller, whichever thread it is in, is the first to take the question: then it has to answer. */
const isFirst = (claim: Int32Array): boolean => Atomics.exchange(claim, 0, 1) === 0;

function sayTo<Question, Answer>(answer: (question: Question) => Answer, question: Question): Exclude<Said<Answer>, 'claimed'> {
	try {
		return {answer: answer(question)};
	} catch (error) {
		return {error: (error as Error).message};
	}
}

function settle<Question, Answer>({resolve, reject}: Task<Question, Answer>, said: Exclude<Said<Answer>, 'claimed'>): void {
	if ('error' in said) {
		reject(new Error(said.error));
	} else {
		resolve(said.answer);
	}
}
