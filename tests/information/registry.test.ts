import {describe, expect, it} from 'vitest';
import {UserError} from '../../source/errors.js';
import {estimators, parseEstimator} from '../../source/information/registry.js';

function refusal(id: string): UserError {
	try {
		parseEstimator(id);
	} catch (error) {
		return error as UserError;
	}

	throw new Error(`"${id}" was taken`);
}

describe('an estimator', () => {
	it.each([
		['bins', 'bins'],
		['width:0.07', 'width:0.07'],
		['width:0.50', 'width:0.5'],
		['width:1e-3', 'width:0.001'],
		['width:2', 'width:2'],
		['uniform:30', 'uniform:30'],
		['uniform:100:neuron', 'uniform:100:neuron'],
		['quantile:256', 'quantile:256'],
		['quantile:8:neuron', 'quantile:8:neuron'],
		['exact:8', 'exact:8'],
		['exact:04', 'exact:4'],
		['kde:1e-3', 'kde:0.001'],
		['kde:0.1:loo', 'kde:0.1:loo'],
	])('asked for as "%s" has the id "%s", under which it is found again', (asked, id) => {
		expect(parseEstimator(asked).id).toBe(id);
		expect(parseEstimator(id).id).toBe(id);
		expect(parseEstimator(asked).title).not.toBe('');
	});

	it.each([
		['bin', 'There is no estimator "bin". Did you mean "bins"?'],
		['Width:0.07', 'There is no estimator "Width:0.07". Did you mean "width"?'],
		['widht:0.07', 'There is no estimator "widht:0.07". Did you mean "width"?'],
		['', 'There is no estimator "".'],
		['entropy-of-everything', 'There is no estimator "entropy-of-everything".'],
		['constructor', 'There is no estimator "constructor".'],
		['__proto__:1', 'There is no estimator "__proto__:1".'],
	])('asked for as "%s" is refused with "%s"', (id, sentence) => {
		const error = refusal(id);
		expect(error).toBeInstanceOf(UserError);
		expect(error.exitCode).toBe(2);
		expect(error.message.startsWith(sentence)).toBe(true);
	});

	it('that nobody could have meant is refused with the names that there are', () => {
		expect(refusal('entropy-of-everything').message).toContain(Object.keys(estimators).join(', '));
	});

	it.each([
		['bins:30', 'bins'],
		['bins:', 'bins'],
		['width', 'width:W'],
		['width:', 'width:W'],
		['width:0', 'width:W'],
		['width:-0.07', 'width:W'],
		['width:wide', 'width:W'],
		['width:NaN', 'width:W'],
		['width:Infinity', 'width:W'],
		['width:1e39', 'width:W'],
		['width:1e-60', 'width:W'],
		['width:0.07:neuron', 'width:W'],
		['uniform', 'uniform:N[:neuron]'],
		['uniform:0', 'uniform:N[:neuron]'],
		['uniform:2.5', 'uniform:N[:neuron]'],
		['uniform:30:layer', 'uniform:N[:neuron]'],
		['uniform:30:neuron:', 'uniform:N[:neuron]'],
		['quantile:1e9', 'quantile:N[:neuron]'],
		['exact', 'exact:B'],
		['exact:0', 'exact:B'],
		['exact:17', 'exact:B'],
		['exact:8:neuron', 'exact:B'],
		['kde', 'kde:V[:loo]'],
		['kde:0', 'kde:V[:loo]'],
		['kde:1e-31', 'kde:V[:loo]'],
		['kde:0.1:all', 'kde:V[:loo]'],
	])('asked for as "%s" is refused with the form "%s"', (id, form) => {
		const error = refusal(id);
		expect(error).toBeInstanceOf(UserError);
		expect(error).toMatchObject({exitCode: 2, message: `The estimator "${id}" must be written ${form}.`});
	});

	it('is refused without repeating what would harm a terminal', () => {
		expect(refusal('\u001B[2Jbins\u0007').message).not.toMatch(/\p{Cc}/v);
	});
});
