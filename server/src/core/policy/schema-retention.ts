import * as z from 'zod';
import * as fields from './fields';
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
      within: documented(fields.duration.exactOptional(), {
        summary: 'Keep every snapshot that is younger than this.',
        type: 'a duration with a unit, `s`, `min`, `h`, `d` or `w`',
        example: 'within: 7d',
      }),
      hourly: period('hourly', 48),
      daily: period('daily', 14),
      weekly: period('weekly', 8),
      monthly: period('monthly', 12),
      yearly: period('yearly', 5),
    })
    .refine((kept) => Object.values(kept).some((value) => value > 0), {
      error: 'keeps nothing but the base: name a period, or an age with `within`',
    }),
  {
    summary:
      'Which snapshots to keep, by age and by period; one reason is enough. A held snapshot and the base are always kept.',
    type: 'a section with at least one of `within`, `hourly`, `daily`, `weekly`, `monthly`, `yearly`',
    example: 'keep: { within: 2d, daily: 14 }',
  },
);

const retentionAt = (side: 'source' | 'target') =>
  documented(z.strictObject({ keep }).exactOptional(), {
    summary: `What to keep at the ${side}. Without it nothing is ever destroyed there.`,
    type: 'a section with `keep`',
    effect: '`zfs destroy DATASET@a,b,c` as the last steps of a run, after the proof',
    example: `${side}: { keep: { daily: 14 } }`,
  });

export const retention = documented(
  z.strictObject({ source: retentionAt('source'), target: retentionAt('target') }).prefault({}),
  {
    summary:
      "Which snapshots of this policy are kept. The others are destroyed at the end of a run, once it is proven: never one that is held or that a clone needs, never the base, never one without the policy's prefix. The plan names each.",
    type: 'a section',
    effect: '`zfs destroy`, on both hosts; a user who is not root needs `zfs allow … destroy,mount`',
    example: 'retention: { source: { keep: { within: 2d } }, target: { keep: { daily: 90 } } }',
  },
);
