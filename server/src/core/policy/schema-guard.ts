/** Limits that stop a plan: each is compared with facts of that moment, and none adds a flag. */
import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';

export const guard = documented(
  z
    .strictObject({
      maxEstimate: documented(fields.size.exactOptional(), {
        summary: 'The most that one run may send. A plan that estimates more is a conflict until you raise it.',
        type: 'a size with a unit',
        effect: 'compared with the total of `zfs send -nP …`; adds no flag',
        example: 'maxEstimate: 500GiB',
      }),
      minFree: documented(fields.size.exactOptional(), {
        summary:
          "The least that must be left free in the target's pool when everything has arrived. A plan that would leave less is a conflict.",
        type: 'a size with a unit',
        effect: 'compared with `zpool list -o free` of the target less the total of `zfs send -nP …`; adds no flag',
        example: 'minFree: 100GiB',
      }),
      versions: documented(fields.versionList.exactOptional(), {
        summary:
          'The releases of OpenZFS that both hosts must have, program and kernel module alike. Any other is a conflict. Of a list one item has to fit.',
        type: 'a release such as `"2.3"`, comparisons such as `">=2.2 <2.4"`, each in quotes, or a list of them',
        effect: 'compared with `zfs version` of both hosts; adds no flag',
        example: 'versions: ">=2.2"',
      }),
    })
    .prefault({}),
  {
    summary: 'Limits that stop a plan before anything is sent.',
    type: 'a section',
    example: 'guard: { maxEstimate: 500GiB, minFree: 100GiB }',
  },
);
