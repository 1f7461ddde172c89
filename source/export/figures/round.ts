/** Six figures: more than any printer shows, and specifications of half the length. */
export const rounded = (value: number): number => Number(value.toPrecision(6));
