import { foreseePlan } from '../../core/foresee/foresee-plan';
import { formatPlan } from '../../core/plan/format-plan';
import { sizesOf } from '../../core/run/estimate';
import { defineCommand } from '../define-command';
import { EXIT } from '../exit-code';
import { chooseNames, FILE_OPTION, loadPolicy, NAME_OPERAND } from '../load-policy';
import { planNow } from '../look';
import { SSH_OPTION } from '../open-hosts';
import { FORMAT_OPTION, toJsonReport } from '../reporters/format-option';
import { harmlessLines } from '../style';

export const plan = defineCommand({
  name: 'plan',
  summary: 'Show what a run would do, command by command',
  operands: 'NAME…',
  description: [
    `${NAME_OPERAND} ` +
      'The hosts are read and nothing on them is changed. Exit code 1 means a conflict: the plan says what stands ' +
      'against it and what the choices are. Of several that send the same, the later ones are planned from what the earlier ' +
      'ones leave at the source; each looks and plans again when its turn comes.',
    'What the hosts hold afterwards, and what is destroyed, comes from a model of ZFS on which the plan is played; ' +
      'what the model does not know is named and not guessed. In the JSON form it is `afterwards` of each job that is ready: ' +
      '`target` has one entry for each dataset of the target, `source` the snapshots and holds that change there, ' +
      '`destroys` every snapshot and dataset that will be gone, with sizes in bytes. It is no part of the digest.',
  ],
  options: { ...FORMAT_OPTION, ...FILE_OPTION, ...SSH_OPTION },
  examples: [
    { command: 'rawsend plan prod-to-vault', meaning: 'What would be sent now' },
    {
      command: 'rawsend plan prod-to-vault --format json',
      meaning: 'The same for programs, with the digest that run --approve takes',
    },
  ],
  async run({ values, operands }, io) {
    const policy = await loadPolicy(values.file, io);
    const names = chooseNames(policy, operands);
    const made = await planNow({ policy, names, sshConfig: values['ssh-config'] }, io, foreseePlan);
    const text = (): string => harmlessLines(formatPlan(made.plan, sizesOf(made.estimate)));
    io.stdout.write(
      values.format === 'json' ? toJsonReport({ ...made.plan, bytes: made.estimate.bytes, text: text() }) : text(),
    );
    return made.plan.jobs.some((job) => job.status === 'conflict') ? EXIT.findings : EXIT.done;
  },
});
