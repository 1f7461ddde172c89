import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {helpText} from '../source/commands/flags.js';
import {exportColumns} from '../source/export/csv.js';
import {presetNames} from '../source/preset/load.js';
import {keys} from '../source/ui/keys.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
	// It holds whole scripts, as they are tested.
	it('is shorter than 350 lines, and without its blocks of code than 200', () => {
		expect(readme.split('\n').length).toBeLessThan(350);
		expect(readme.replaceAll(/^```.*?^```$/gmsv, '').split('\n').length).toBeLessThan(200);
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

	it('holds the lines of Python that read the CSV, as they are tested', () => {
		expect(readme).toContain(`\`\`\`python\n${readFileSync(new URL('end-to-end/read-csv.py', import.meta.url), 'utf8').trimEnd()}\n\`\`\``);
	});

	it('names every column of the CSV', () => {
		expect(exportColumns.filter(column => !readme.includes(`\`${column}\``))).toEqual([]);
	});

	it.each(['drop.py', 'with_pytorch.py', 'with_numpy.py'])('holds the client %s, as it is tested', name => {
		expect(readme).toContain(`\`\`\`python\n${readFileSync(new URL(`clients/${name}`, import.meta.url), 'utf8').trimEnd()}\n\`\`\``);
	});

	it('holds the job script of Slurm, as it is tested', () => {
		expect(readme).toContain(`\`\`\`sh\n${readFileSync(new URL('cluster/array.sh', import.meta.url), 'utf8').trimEnd()}\n\`\`\``);
	});

	it('shows only pictures that exist', () => {
		const pictures = [...readme.matchAll(/!\[.*?\]\((?<file>.*?)\)/gv)].map(match => match.groups!['file']!);
		expect(pictures.length).toBeGreaterThan(0);
		for (const picture of pictures) {
			expect(readFileSync(new URL(`../${picture}`, import.meta.url), 'utf8')).toContain('<svg');
		}
	});
});
