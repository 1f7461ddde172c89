import {expect} from 'vitest';

/** The sentence of the `UserError` that `work` throws: one line, with its full stop, and nothing raw in it. */
export function refusalOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		expect(error).toMatchObject({name: 'UserError'});
		const {message} = error as Error;
		expect(message).toMatch(/^[^\p{Cc}\p{Cf}]+[^.?][.?]$/v);
		expect(message).not.toMatch(/\bundefined\b|\[object|\?\./v);
		return message;
	}

	throw new Error('nothing was refused');
}
