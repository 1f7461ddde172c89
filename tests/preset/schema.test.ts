import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {presetNames} from '../../source/preset/load.js';
import {presetJsonSchema} from '../../source/preset/schema.js';

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../presets/${file}`, import.meta.url), 'utf8')) as Record<string, unknown>;

it('the published JSON Schema is what presets are checked against', () => {
	expect(read('schema/preset.schema.json')).toEqual(presetJsonSchema());
});

it('the schema refuses fields that it does not know, in every section', () => {
	const objects: Array<Record<string, unknown>> = [];
	const collect = (value: unknown) => {
		if (value !== null && typeof value === 'object') {
			if ('properties' in value) {
				objects.push(value);
			}

			for (const part of Object.values(value)) {
				collect(part);
			}
		}
	};

	collect(presetJsonSchema());
	expect(objects.length).toBeGreaterThanOrEqual(7);
	expect(objects.filter(object => object['additionalProperties'] !== false)).toEqual([]);
});

it.each(presetNames())('%s names the schema by a path that leads there', name => {
	const {$schema} = read(`${name}.json`);
	expect(read($schema as string)).toHaveProperty('title', 'ibtop preset');
});
