/** `npm run schema`: writes the JSON Schema that presets name in `$schema`. A test holds the file to the zod schema. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {presetJsonSchema} from '../../source/preset/schema.js';

const folder = new URL('../../presets/schema/', import.meta.url);
mkdirSync(folder, {recursive: true});
writeFileSync(new URL('preset.schema.json', folder), `${JSON.stringify(presetJsonSchema(), undefined, '\t')}\n`);
