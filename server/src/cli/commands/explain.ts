import type { Rule } from '../../core/lint/define-rule';
import { formatRuleIndex, formatRulePage } from '../../core/lint/format-rule-page';
import { RULES } from '../../core/lint/rules/index';
import { defineCommand } from '../define-command';
import { EXIT } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { unknownRule } from '../lint/lint-options';
import { toJsonReport } from '../reporters/format-option';
import { formatMarkdown } from '../reporters/markdown-text';
import { formatRuleList } from '../reporters/rule-list';
import { styleFor } from '../style';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Say what a rule of lint finds, why it matters, and what to do',
  operands: '[RULE]',
  description: [
    'RULE is the id that stands behind a finding. Without it all rules are listed. ' +
      'A page has the evidence of real OpenZFS, examples with what is found in them, and how to suppress the rule.',
  ],
  options: {
    format: {
      type: 'string',
      argument: 'FORM',
      choices: ['text', 'markdown', 'json'],
      otherwise: 'text',
      summary: 'Form of the page',
    },
  },
  examples: [
    { command: 'rawsend explain receive-mounts', meaning: 'The page of a rule' },
    { command: 'rawsend explain', meaning: 'All rules, one a line' },
    {
      command: 'rawsend explain --format markdown send-not-raw',
      meaning: 'The page as it stands in the documentation',
    },
  ],
  run({ values, operands }, io) {
    const [id, ...others] = operands;
    if (others.length > 0) throw usageFailure('explain takes one RULE at a time');
    const topic = id === undefined ? undefined : RULES.find((rule) => rule.id === id);
    if (id !== undefined && topic === undefined) throw unknownRule(id);
    io.stdout.write(FORMS[values.format ?? 'text']?.(topic, io) ?? '');
    return Promise.resolve(EXIT.done);
  },
});

/** Longer lines are hard to read, however wide the terminal. */
const MAX_WIDTH = 100;

/** Without a rule the form of the list. */
const FORMS: Readonly<Record<string, (rule: Rule | undefined, io: Io) => string>> = {
  text(rule, io) {
    const page = { style: styleFor(io.stdout, io.env), width: Math.min(io.stdout.columns(), MAX_WIDTH) };
    return rule === undefined ? formatRuleList(RULES, page) : formatMarkdown(formatRulePage(rule), page);
  },
  markdown: (rule) => (rule === undefined ? formatRuleIndex(RULES) : formatRulePage(rule)),
  json: (rule) =>
    toJsonReport(
      rule === undefined
        ? { rules: RULES.map(toJsonRule) }
        : { rule: { ...toJsonRule(rule), page: formatRulePage(rule) } },
    ),
};

const toJsonRule = ({ id, kind, severity, strictOnly, summary }: Rule): object => ({
  id,
  kind,
  severity,
  strictOnly: strictOnly ?? false,
  summary,
});
