/** What people have to do, and when they last did: data for checks, never a key. */
import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';

const every = (what: string) =>
  documented(fields.duration.exactOptional(), {
    summary: `How old the last ${what} may be. Without it the date is shown and not judged.`,
    type: 'a duration with a unit, `s`, `min`, `h`, `d` or `w`',
    effect: '`rawsend verify` fails when it is older',
    example: 'every: 180d',
  });

export const standby = documented(
  z
    .strictObject({
      keyHolders: documented(
        z.array(
          documented(fields.line, {
            summary: 'Who may load keys at the target.',
            type: 'a name or a role',
            example: '- storage-oncall',
          }),
        ),
        {
          summary: 'Who may load keys at the target when the standby has to take over.',
          type: 'a list of names or roles',
          effect: 'named by the check `standby-rehearsed`',
          example: 'keyHolders: [storage-oncall]',
        },
      ),
      procedure: documented(fields.line, {
        summary: 'How: where the instructions are. The key itself never stands here.',
        type: 'a few words, a path or an address',
        effect: 'named by the check `standby-rehearsed`',
        example: 'procedure: wiki/failover-prod',
      }),
      rehearsed: documented(fields.day, {
        summary: 'The day on which it was last done for practice.',
        type: 'a day such as `2026-11-23`',
        effect: 'the check `standby-rehearsed` of `rawsend verify`',
        example: 'rehearsed: 2026-09-30',
      }),
      every: every('rehearsal'),
    })
    .exactOptional(),
  {
    summary: 'How keys come to the target of a standby, and when that was last rehearsed. Only for `intent: standby`.',
    type: 'a section with `keyHolders`, `procedure` and `rehearsed`',
    effect: 'the check `standby-rehearsed` of `rawsend verify`; no flag',
    example:
      'standby: { keyHolders: [storage-oncall], procedure: wiki/failover-prod, rehearsed: 2026-09-30, every: 180d }',
  },
);

export const escrow = documented(
  z
    .strictObject({
      place: documented(fields.line, {
        summary: 'Where a copy of the key is kept. The key itself never stands here.',
        type: 'a few words',
        effect: 'named by the check `restore-tested`',
        example: 'place: "safe B, envelope 12"',
      }),
      keeper: documented(fields.line, {
        summary: 'Who keeps it.',
        type: 'a name or a role',
        effect: 'named by the check `restore-tested`',
        example: 'keeper: security officer',
      }),
      restored: documented(fields.day, {
        summary: 'The day on which a restore with that copy of the key was last tried.',
        type: 'a day such as `2026-11-23`',
        effect: 'the check `restore-tested` of `rawsend verify`',
        example: 'restored: 2026-09-30',
      }),
      every: every('restore test'),
    })
    .exactOptional(),
  {
    summary:
      'Where a copy of the key is kept and when a restore with it was last tried: a vault whose key is lost is lost. Never the key itself.',
    type: 'a section with `place`, `keeper` and `restored`',
    effect: 'the check `restore-tested` of `rawsend verify`; no flag',
    example: 'escrow: { place: "safe B, envelope 12", keeper: security officer, restored: 2026-09-30, every: 180d }',
  },
);
