/** When a policy is meant to run. Rawsend starts nothing by itself: cron, a timer or a person does. */
import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';

const zone = documented(fields.zone.default('UTC'), {
  summary: 'The time zone of the times beside it. UTC has no summer time, so no hour comes twice.',
  type: '`UTC` or a name such as `Europe/Berlin`',
  default: 'zone: UTC',
  example: 'zone: Europe/Berlin',
});

export const schedule = documented(
  z
    .strictObject({
      every: documented(fields.duration.exactOptional(), {
        summary: 'The time from run to run.',
        type: 'a duration with a unit, `s`, `min`, `h`, `d` or `w`',
        effect: '`rawsend verify` fails when the newest common snapshot is older than twice that',
        example: 'every: 1h',
      }),
      cron: documented(fields.cron.exactOptional(), {
        summary: 'The times of the runs, as in a crontab.',
        type: 'the five fields of crontab in quotes: minute, hour, day of the month, month, day of the week',
        effect: '`rawsend verify` fails when the newest common snapshot is older than the time before the last one',
        example: 'cron: "0 2 * * *"',
      }),
      zone,
    })
    .superRefine((written, context) => {
      if ((written.every === undefined) === (written.cron === undefined))
        context.addIssue({
          code: 'custom',
          message:
            written.every === undefined
              ? 'says no time: add `every: 1h` or `cron: "0 2 * * *"`'
              : 'has both `every` and `cron`: keep the one that is meant',
        });
    })
    .exactOptional(),
  {
    summary:
      'How often the policy is meant to run. Rawsend starts nothing by itself: this is what `rawsend verify` holds the age of the replica to, and what `rawsend simulate` plays. A run takes a snapshot although nothing was written once the last one is older than the schedule, so that the age can be told. Where the source is the target of another policy nothing is taken: then `rawsend verify` asks whether the target has what had come to the source two runs ago.',
    type: 'a section with `every` or `cron`',
    effect: '`zfs snapshot` in every run that is due',
    example: 'schedule: { every: 1h }',
  },
);

const time = (key: string, meaning: string, example: string) =>
  documented(fields.timeOfDay, {
    summary: meaning,
    type: 'hours and minutes in quotes',
    example: `${key}: "${example}"`,
  });

export const window = documented(
  z
    .strictObject({
      from: time('from', 'When runs may begin.', '22:00'),
      to: time('to', 'From when on no run begins; a time before `from` is on the next day.', '06:00'),
      zone,
    })
    .refine(({ from, to }) => from !== to, { error: 'begins and ends at the same time: remove it, or change one' })
    .exactOptional(),
  {
    summary:
      'The time of day in which runs may begin. Outside of it `rawsend run` says so and does not start; one that has begun goes on to its end.',
    type: 'a section with `from` and `to`',
    effect: 'no flag: the conflict `window`, which `rawsend run --any-time` overrules',
    example: 'window: { from: "22:00", to: "06:00" }',
  },
);
