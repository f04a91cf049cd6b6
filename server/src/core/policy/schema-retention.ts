import * as z from 'zod';
import { documented } from '../yaml/key-text';

const period = (adjective: string, example: number) =>
  documented(z.int().min(0).max(100_000).exactOptional(), {
    summary: `How many ${adjective} snapshots to keep: the newest of each such period.`,
    type: 'a whole number from 0',
    example: `${adjective}: ${String(example)}`,
  });

const keep = documented(
  z
    .strictObject({
      hourly: period('hourly', 48),
      daily: period('daily', 14),
      weekly: period('weekly', 8),
      monthly: period('monthly', 12),
      yearly: period('yearly', 5),
    })
    .refine((counts) => Object.values(counts).some((count) => count > 0), {
      error: 'keeps nothing but the base: name a period',
    }),
  {
    summary: 'How many snapshots to keep, by period. A held snapshot and the base are always kept.',
    type: 'a section with at least one of `hourly`, `daily`, `weekly`, `monthly`, `yearly`',
    example: 'keep: { daily: 14 }',
  },
);

const retentionAt = (side: 'source' | 'target') =>
  documented(z.strictObject({ keep }).exactOptional(), {
    summary: `What to keep at the ${side}.`,
    type: 'a section with `keep`',
    effect: 'none yet: it is checked and not applied, and the plan says so',
    example: `${side}: { keep: { daily: 14 } }`,
  });

export const retention = documented(
  z.strictObject({ source: retentionAt('source'), target: retentionAt('target') }).prefault({}),
  {
    summary: 'Which snapshots of this policy are to be kept. This version destroys none, whatever is written here.',
    type: 'a section',
    example: 'retention: { source: { keep: { hourly: 48 } }, target: { keep: { daily: 90 } } }',
  },
);
