/** What all figures have in common: those of a paper, in the sizes of a column, on white. */

/**
Okabe-Ito in the order of the screen's layer colours, with its black where the screen has its yellow, which no one can see on paper.
Digits at the lines say what colours say, so that a figure can be printed in grey.
*/
const layerColors = ['#E69F00', '#56B4E9', '#009E73', '#000000', '#0072B2', '#D55E00', '#CC79A7'] as const;

export const ink = {
	text: '#222222', axis: '#555555', grid: '#E6E6E6', bound: '#777777', mark: '#222222', paper: '#FFFFFF',
} as const;

/** Colours of lines that are not layers. */
export const lineColors = {loss: '#222222', train: '#0072B2', test: '#D55E00'} as const;

/** Helvetica where it is; Arimo has its widths, and ships with ibtop for PNG. */
export const fontFamily = 'Helvetica, Arial, Arimo, sans-serif';

/** In CSS pixels: 7 and 7.5 points, which is what journals ask for in a column. */
export const fontSizes = {label: 9.33, title: 10} as const;

/** The colour of each layer, by its number. */
export const layerColorScale = (layers: readonly number[]) => ({
	domain: layers, range: layers.map(layer => layerColors[(layer - 1) % layerColors.length]!),
});

/** A ramp whose brightness grows all the way, so that its order survives without colour; its brightest end is too pale for paper. */
export const epochColorScheme = {name: 'viridis', extent: [0, 0.92]} as const;

export const config = {
	background: ink.paper,
	font: fontFamily,
	padding: 2,
	view: {stroke: null},
	axis: {
		labelFontSize: fontSizes.label,
		titleFontSize: fontSizes.title,
		titleFontWeight: 'normal',
		labelColor: ink.text,
		titleColor: ink.text,
		domainColor: ink.axis,
		tickColor: ink.axis,
		domainWidth: 0.75,
		tickWidth: 0.75,
		tickSize: 3.5,
		labelPadding: 2,
		titlePadding: 4,
		grid: false,
		labelFlush: false,
	},
	legend: {
		labelFontSize: fontSizes.label, titleFontSize: fontSizes.label, titleFontWeight: 'normal', labelColor: ink.text, titleColor: ink.text,
	},
	header: {
		labelFontSize: fontSizes.title, labelColor: ink.text, labelPadding: 3, title: null,
	},
	title: {fontSize: fontSizes.title, fontWeight: 'normal', color: ink.text},
} as const;
