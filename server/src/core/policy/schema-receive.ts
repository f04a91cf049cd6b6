import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';

/** What arrives at every target unless the author says otherwise. Both are inherited by the whole tree; canmount is not. */
const DEFAULT_SET: Readonly<Record<string, string>> = { mountpoint: 'none', readonly: 'on' };

/** Properties of the source that would act on the target: share it, or refuse a receive for lack of room. */
export const DEFAULT_IGNORE: readonly string[] = [
  'sharenfs',
  'sharesmb',
  'quota',
  'refquota',
  'reservation',
  'refreservation',
];

export const receive = documented(
  z
    .strictObject({
      mount: documented(z.boolean().default(false), {
        summary:
          'Mount what was received. A replica that is mounted read-write is modified and refuses the next increment.',
        type: '`true` or `false`',
        default: 'mount: false',
        effect: '`false` means `zfs receive -u`',
        example: 'mount: false',
      }),
      force: documented(z.enum(['never', 'rollback']).default('never'), {
        summary: 'What may be destroyed at the target to make a receive possible.',
        type: '`never` or `rollback`',
        default: 'force: never',
        effect: '`rollback` means `zfs receive -F`',
        example: 'force: never',
        values: {
          never: 'nothing: a target that was changed is a conflict, and you decide',
          rollback:
            'what was written to the target since the base, and with `-R` every snapshot that the source does not have; needs `replica: true`',
        },
      }),
      resumable: documented(z.boolean().default(true), {
        summary: 'Keep what has arrived when a stream is cut, so that the next run goes on from there.',
        type: '`true` or `false`',
        default: 'resumable: true',
        effect: '`zfs receive -s`',
        example: 'resumable: true',
      }),
      set: documented(
        z
          .record(
            fields.propertyName,
            documented(fields.propertyValue, {
              summary: 'The value of this property at the target.',
              type: 'text, as `zfs set` takes it',
              effect: '`zfs receive -o PROPERTY=VALUE`',
              example: 'compression: zstd',
            }),
          )
          .default({}),
        {
          summary:
            'Properties that the target gets, whatever the source has. They are added to the defaults; a default changes only when you name it here or in `ignore`.',
          type: 'a section of properties and their values',
          default: 'set: { mountpoint: none, readonly: on }',
          effect: '`zfs receive -o PROPERTY=VALUE` on every receive that brings properties',
          example: 'set: { compression: zstd }',
        },
      ),
      ignore: documented(
        z
          .array(
            documented(fields.propertyItem, {
              summary: 'A property of the source that must not reach the target.',
              type: 'the name of a property',
              effect: '`zfs receive -x PROPERTY`',
              example: '- sharenfs',
            }),
          )
          .default([]),
        {
          summary:
            'Properties of the source that do not reach the target. They are added to the defaults; a property that you name in `set` leaves them.',
          type: 'a list of property names',
          default: `ignore: [${DEFAULT_IGNORE.join(', ')}]`,
          effect: '`zfs receive -x PROPERTY` on every receive that brings properties',
          example: 'ignore: [recordsize]',
        },
      ),
    })
    .transform((written) => ({ ...written, ...mergeProperties(written) }))
    .prefault({}),
  {
    summary: 'What the target does with a stream.',
    type: 'a section',
    example: 'receive: { mount: false, force: never }',
  },
);

/** What the author wrote wins over the defaults, property by property; zfs refuses one that is both set and ignored. */
function mergeProperties(written: {
  readonly set: Readonly<Record<string, string>>;
  readonly ignore: readonly string[];
}) {
  const set = Object.entries(DEFAULT_SET).filter(([name]) => !written.ignore.includes(name));
  const ignore = DEFAULT_IGNORE.filter((name) => !Object.hasOwn(written.set, name));
  return {
    set: { ...Object.fromEntries(set), ...written.set },
    ignore: [...new Set([...ignore, ...written.ignore])],
  };
}
