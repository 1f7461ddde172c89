/** Bundles the program into `dist/`, as `npm run build` does: what is shipped needs none of the packages that it is made of. */
import {build, type BuildOptions} from 'esbuild';

const common: BuildOptions = {
	bundle: true,
	outdir: 'dist',
	platform: 'node',
	target: 'node20.15',
	jsx: 'automatic',
	define: {'process.env.NODE_ENV': '\'production\'', 'process.env.DEV': '\'false\''},
	// There only where it was installed, or never.
	external: ['@tensorflow/tfjs-node', '@resvg/resvg-js', 'canvas', 'react-devtools-core'],
	logLevel: 'warning',
};

const modules: BuildOptions = {
	...common,
	format: 'esm',
	// For the CommonJS packages among them.
	banner: {js: 'import {createRequire as requireFrom} from \'node:module\'; const require = requireFrom(import.meta.url);'},
};

const minified: BuildOptions = {minifyWhitespace: true, minifySyntax: true};

await Promise.all([
	// What a person waits for: each command loads its part.
	build({...modules, splitting: true, entryPoints: {main: 'source/main.ts', pictures: 'source/export/pictures-thread.ts'}}),
	build({
		...modules,
		...minified,
		entryPoints: {
			cli: 'source/cli.ts', 'main-in-lines': 'source/main-in-lines.ts', foreign: 'source/foreign/child.ts', repeats: 'source/training/repeats/thread.ts',
		},
		external: [...common.external!, '*/main.js', '*/main-in-lines.js'],
	}),
	// CommonJS, which Node loads sooner than modules.
	build({
		...common,
		...minified,
		entryPoints: {
			trainer: 'source/training/child.ts',
			estimator: 'source/information/worker.ts',
			prober: 'source/training/prober-thread.ts',
			orders: 'source/training/orders/thread.ts',
		},
		format: 'cjs',
		outExtension: {'.js': '.cjs'},
		define: {...common.define, 'import.meta.url': 'here'},
		banner: {js: 'const here = require(\'node:url\').pathToFileURL(__filename).href;'},
	}),
]);
