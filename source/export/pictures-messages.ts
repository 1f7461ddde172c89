import {type Specification} from './figures/figure.js';
import {type Length} from './length.js';

/** What the thread that draws the pictures of a snapshot is given. */
export type PicturesRequest = {
	/** The screen, drawn already. */
	readonly screen: string;
	readonly plane: Specification | undefined;
	/** Of the plane. */
	readonly width: Length;
};

/** What it answers. `missing`: why there are no PNGs among the files. */
export type PicturesTold
	= | {readonly files: ReadonlyArray<{readonly ending: string; readonly contents: string | Uint8Array}>; readonly missing?: string}
		| {readonly problem: string};
