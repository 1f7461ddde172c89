import {type GlyphName, glyphNames} from '../chart/glyphs.js';
import {usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {type GivenFlags} from './experiment.js';

/** How a screen looks, as flags say. */
export type Look = {
	readonly glyphs: GlyphName | 'auto';
	readonly framesPerSecond: number;
	/** Undefined: as the environment says. */
	readonly color: boolean | undefined;
};

export function checkLook({glyphs = 'auto', fps = '10', color}: GivenFlags): Look {
	const names = ['auto', ...glyphNames] as const;
	const name = names.find(each => each === glyphs);
	if (!name) {
		throw usage(`--glyphs must be ${names.join(' or ')}, not "${safeText(String(glyphs), 40)}".${didYouMean(String(glyphs), names)}`);
	}

	const framesPerSecond = Number(fps);
	if (!(framesPerSecond >= 1 && framesPerSecond <= 60)) {
		throw usage(`--fps must be a number from 1 to 60, not "${safeText(String(fps), 40)}".`);
	}

	return {glyphs: name, framesPerSecond, color: typeof color === 'boolean' ? color : undefined};
}
