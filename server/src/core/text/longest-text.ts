/** In characters: a longer document is not read, because the parsers are quadratic in some shapes of text. */
export const LONGEST_TEXT = 1_000_000;
