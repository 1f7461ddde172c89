/** Okabe-Ito as entries of the 256-colour table: told apart by colour-blind people, readable on dark and on light. */
const okabeIto = [214, 74, 36, 227, 32, 166, 175] as const;

/** The colour of layer `layer` (from 1); after seven they come again, and the digit tells them apart. */
export const layerColor = (layer: number): number => okabeIto[(layer - 1) % okabeIto.length]!;

/** Dark to bright in the order of a cividis ramp, which keeps its order without colour vision. */
const epochRamp = [24, 61, 67, 103, 102, 144, 179, 221, 227] as const;

/** The colour of a fraction 0 … 1 of the (logarithmic) way through the training. */
export const epochColor = (fraction: number): number =>
	epochRamp[Math.min(epochRamp.length - 1, Math.max(0, Math.floor(fraction * epochRamp.length)))]!;

/** Colours with a meaning of their own. */
export const accent = {mark: 166, good: 36} as const;
