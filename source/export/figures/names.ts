/** The names of figures and formats, apart from what makes them: `--help` needs no more. */
export const figureNames = ['plane', 'gradients', 'loss', 'comparison'] as const;
export type FigureName = (typeof figureNames)[number];

/** Pictures and specifications are of a figure, data of all that is exported. */
export const formatNames = ['svg', 'png', 'csv', 'json', 'vl.json'] as const;
export type FormatName = (typeof formatNames)[number];
