export const DAY = 86_400;

/** The day of a time since the beginning; days count from 1. */
export const dayAt = (seconds: number): number => Math.floor(seconds / DAY) + 1;
