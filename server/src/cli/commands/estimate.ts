import { defineCommand } from '../define-command';
import { EXIT } from '../exit-code';
import { chooseNames, FILE_OPTION, loadPolicy, NAME_OPERAND } from '../load-policy';
import { type Planned, planNow } from '../look';
import { SSH_OPTION } from '../open-hosts';
import { formatEstimate } from '../reporters/estimate-text';
import { FORMAT_OPTION, toJsonReport } from '../reporters/format-option';
import { styleFor } from '../style';

export const estimate = defineCommand({
  name: 'estimate',
  summary: 'Measure what a run would send',
  operands: 'NAME…',
  description: [
    `${NAME_OPERAND} ` +
      'The figures are bytes of the streams as zfs send -nP counts them, without the cost of SSH. What a run has yet to snapshot ' +
      'counts with what was written since the newest snapshot. The hosts are read and nothing on them is changed. ' +
      'Exit code 1 means a conflict: nothing could be sent.',
  ],
  options: { ...FORMAT_OPTION, ...FILE_OPTION, ...SSH_OPTION },
  examples: [
    { command: 'rawsend estimate prod-to-vault', meaning: 'How much would be sent now, step by step and in total' },
    { command: 'rawsend estimate prod-to-vault --format json | jq .bytes', meaning: 'The total for programs' },
  ],
  async run({ values, operands }, io) {
    const policy = await loadPolicy(values.file, io);
    const names = chooseNames(policy, operands);
    const made = await planNow({ policy, names, sshConfig: values['ssh-config'] }, io);
    const text = (): string => formatEstimate(made, styleFor(io.stdout, io.env));
    io.stdout.write(values.format === 'json' ? toJsonReport({ ...made.estimate, jobs: withStatus(made) }) : text());
    return made.plan.jobs.some((job) => job.status === 'conflict') ? EXIT.findings : EXIT.done;
  },
});

/** Zero bytes mean something else for a conflict than for a target that is up to date. */
const withStatus = ({ plan, estimate }: Planned): readonly object[] =>
  estimate.jobs.map((job) => ({ ...job, status: plan.jobs.find(({ policy }) => policy === job.policy)?.status }));
