import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {helpText} from '../source/commands/flags.js';
import {presetNames} from '../source/preset/load.js';
import {keys} from '../source/ui/keys.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
	it('is shorter than 200 lines', () => {
		expect(readme.split('\n').length).toBeLessThan(200);
	});

	it('holds the text of --help word for word', () => {
		expect(readme).toContain(`\`\`\`\n${helpText()}\n\`\`\``);
	});

	it('lists every key as the key table has it, in its order', () => {
		const half = Math.ceil(keys.length / 2);
		const cells = ({label, description}: typeof keys[number]) => `\`${label}\` | ${description} |`;
		expect(readme).toContain(keys.slice(0, half).map((key, row) => `| ${cells(key)} ${keys[half + row] ? cells(keys[half + row]!) : '| |'}`).join('\n'));
	});

	it.each(presetNames())('lists the preset %s', name => {
		expect(readme).toContain(`\`${name}\``);
	});

	it('shows only pictures that exist', () => {
		const pictures = [...readme.matchAll(/!\[.*?\]\((?<file>.*?)\)/gv)].map(match => match.groups!['file']!);
		expect(pictures.length).toBeGreaterThan(0);
		for (const picture of pictures) {
			expect(readFileSync(new URL(`../${picture}`, import.meta.url), 'utf8')).toContain('<svg');
		}
	});
});
