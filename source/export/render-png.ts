/** From SVG to PNG, by resvg, which is loaded when this is asked for. */
import {failure} from '../errors.js';
import {packagePath} from '../package.js';
import {withDensity} from './png-density.js';

export type PngOptions = {
	/** In dots. */
	readonly width: number;
	readonly dotsPerInch: number;
};

/** They ship with ibtop: without a font resvg draws no text and says nothing. Arimo is as wide as Helvetica, Cousine is of one width. */
const fontFiles = ['arimo-regular', 'arimo-bold', 'cousine-regular', 'cousine-bold'].map(name => `dist/fonts/${name}.ttf`);

export async function renderPng(svg: string, {width, dotsPerInch}: PngOptions): Promise<Uint8Array> {
	const Resvg = await loadResvg();
	// The fonts of a machine are its own; the same run gives the same bytes everywhere.
	const font = {
		loadSystemFonts: false, fontFiles: fontFiles.map(file => packagePath(file)), defaultFontFamily: 'Arimo', sansSerifFamily: 'Arimo', monospaceFamily: 'Cousine',
	};
	return withDensity(new Resvg(svg, {font, fitTo: {mode: 'width', value: width}}).render().asPng(), dotsPerInch);
}

/** Its binary is an optional package for each system, which npm leaves out where there is none. */
export async function loadResvg() {
	try {
		const {Resvg} = await import('@resvg/resvg-js');
		return Resvg;
	} catch {
		throw failure('PNG needs the binary of @resvg/resvg-js, which is not there for this machine: run "npm ci" once more, or choose svg.');
	}
}
