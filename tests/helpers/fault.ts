const asUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

/** The environment in which the program, its trainer and their threads are changed as they are loaded: `from`, wherever it stands in the bundle, with or without its spaces, becomes `to`. */
export function withFault(from: string, to: string): Record<string, string> {
	const pattern = from.replaceAll(/[$\(\)*+.?\[\\\]^\{\|\}]/gv, String.raw`\$&`).replaceAll(' ', String.raw`\s*`);
	// What is CommonJS, as the trainer is, comes without its source, for Node to read it.
	const hooks = `import {readFileSync} from 'node:fs';
	const pattern = new RegExp(${JSON.stringify(pattern)});
	export const load = async (url, context, next) => {
		const loaded = await next(url, context);
		const source = url.includes('/dist/') ? String(loaded.source ?? readFileSync(new URL(url))) : '';
		return pattern.test(source) ? {...loaded, source: source.replace(pattern, () => ${JSON.stringify(to)})} : loaded;
	};`;
	return {NODE_OPTIONS: `--import=${asUrl(`import {register} from 'node:module'; register(${JSON.stringify(asUrl(hooks))});`)}`};
}
