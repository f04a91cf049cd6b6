/**
 * `rawsend.config.yaml` as a zod schema: the only place that knows its keys and texts. Problems and the JSON Schema are
 * read off it. How the file is found, and what wins over it, is not decided here.
 */
import * as z from 'zod';
import { RULES } from '../lint/rules/index';
import { documented } from '../yaml/key-text';

const LEVELS = {
  off: 'the rule reports nothing',
  information: 'reported; changes no exit code',
  warning: 'reported; `rawsend lint` exits with 1',
  error: 'reported; `rawsend lint` exits with 1',
} as const;

const level = z.enum(['off', 'information', 'warning', 'error']);

/** One key for each rule, so that an editor completes and explains them. */
const rules = z.strictObject(
  Object.fromEntries(
    RULES.map(({ id, summary, severity }) => [
      id,
      documented(level.exactOptional(), {
        summary: `${summary}.`,
        type: '`off`, `information`, `warning` or `error`',
        default: `${id}: ${severity}`,
        example: `${id}: information`,
        values: LEVELS,
      }),
    ]),
  ),
);

const ruleId = z.enum(RULES.map(({ id }) => id));

export const configSchema = z.strictObject({
  profile: documented(z.enum(['minimal', 'recommended', 'strict']).exactOptional(), {
    summary: 'Which rules report.',
    type: '`minimal`, `recommended` or `strict`',
    default: 'profile: recommended',
    example: 'profile: strict',
    values: {
      minimal: 'errors only',
      recommended: 'what is wrong or likely to be',
      strict: 'also what is right in many places and wrong in some',
    },
  }),
  rules: documented(rules.exactOptional(), {
    summary: 'The severity of single rules. It wins over the profile.',
    type: 'a section of rules and their severities',
    example: 'rules: { no-pipefail: error }',
  }),
  assumeEncrypted: documented(z.boolean().exactOptional(), {
    summary: 'Treat a dataset as encrypted where neither the document, nor a policy, nor an inventory says what it is.',
    type: '`true` or `false`',
    default: 'assumeEncrypted: false',
    example: 'assumeEncrypted: true',
  }),
  zfsVersion: documented(
    z
      .string()
      .regex(/^\d+\.\d+(?:\.\d+)?$/)
      .exactOptional(),
    {
      summary: 'The OpenZFS version of the hosts. Where they differ, the oldest one.',
      type: 'an OpenZFS version in quotes, such as `"2.1"`',
      example: 'zfsVersion: "2.1"',
    },
  ),
  ignore: documented(
    z
      .array(
        documented(z.string(), {
          summary: 'A pattern as in `.gitignore`, relative to the folder of this file.',
          type: 'a pattern as in `.gitignore`',
          example: '- vendor/',
        }),
      )
      .exactOptional(),
    {
      summary:
        'What is left out when folders and patterns are linted. A file that is named itself is always linted. `.gitignore` and `.rawsendignore` count without being named here.',
      type: 'a list of patterns as in `.gitignore`',
      example: 'ignore: [vendor/, "*.generated.sh"]',
    },
  ),
  baseline: documented(z.string().min(1).exactOptional(), {
    summary: 'Findings that were there before and are not reported: a file that `rawsend lint --write-baseline` wrote.',
    type: 'the name of a file, relative to this one',
    example: 'baseline: rawsend-baseline.json',
  }),
  noSuppress: documented(
    z
      .array(
        documented(ruleId, {
          summary: 'A rule that no comment may suppress.',
          type: 'the id of a rule (`rawsend explain` lists them)',
          example: '- key-autoload',
        }),
      )
      .exactOptional(),
    {
      summary: 'Rules that no comment may suppress. Their severity can still be set under `rules`.',
      type: 'a list of rules',
      example: 'noSuppress: [send-not-raw]',
    },
  ),
});
