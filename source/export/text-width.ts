/**
Widths of Helvetica's characters in thousandths of its size, from Adobe's font metrics; Arial and Arimo have the same. Without a
canvas Vega takes every character for 0.8 of the size, and puts titles where there would be room for a second axis.
*/
const widths: ReadonlyArray<readonly [number, string]> = [
	[191, '\''],
	[222, 'ijl'],
	[260, '|'],
	[278, String.raw` !,./:;I[\]ft·`],
	[333, '()-`r'],
	[334, '{}'],
	[355, '"'],
	[389, '*'],
	[469, '^'],
	[500, 'Jcksvxyz'],
	[556, '#$0123456789?L_abdeghnopqu–'],
	[584, '+<=>~'],
	[611, 'FTZ'],
	[667, '&ABEKPSVXY'],
	[722, 'CDHNRUw'],
	[778, 'GOQ'],
	[833, 'Mm'],
	[889, '%'],
	[944, 'W'],
	[1000, '→…'],
	[1015, '@'],
];

const widthOf = new Map(widths.flatMap(([width, characters]) => [...characters].map(character => [character, width] as const)));

/** Of text in one line, in the unit of `size`. Bold letters are wider by a fifteenth or so. */
export const textWidth = (text: string, size: number, isBold = false): number =>
	[...text].reduce((sum, character) => sum + (widthOf.get(character) ?? 667), 0) * size / 1000 * (isBold ? 1.065 : 1);
