import type { SpelledPolicy } from '../../core/policy/spell-out';
import { spellOut } from '../../core/policy/spell-out';
import { toYamlLines } from '../../core/policy/spelled-yaml';
import type { Job, Step } from '../../core/plan/plan';
import { sampleRun } from '../../core/plan/sample-run';
import { quote } from '../../core/shell/quote';
import { EXIT, type ExitCode } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { chooseNames, loadPolicy } from '../load-policy';
import { toJsonReport } from '../reporters/format-option';
import { wrapText } from '../reporters/wrap-text';
import { harmlessLines } from '../style';
import type { PolicyInvocation } from './policy-options';

/** Prints one policy with all that it means. No host is asked. */
export async function showPolicy({ values, operands }: PolicyInvocation, io: Io): Promise<ExitCode> {
  if (operands.length > 1) throw usageFailure('policy show takes one NAME');
  const loaded = await loadPolicy(values.file, io);
  const [policy, ...others] = chooseNames(loaded, operands).flatMap((name) => loaded.file.policies[name] ?? []);
  if (policy === undefined) throw new Error('no policy was chosen');
  const spelled = spellOut(loaded.parsed, policy.name);
  const jobs = [policy, ...others].map((one) => sampleRun(loaded.file, one, io.now().toISOString()));
  io.stdout.write(
    values.format === 'json'
      ? toJsonReport({ policy: policy.entry, ...toFacts(spelled, jobs) })
      : harmlessLines(formatPolicyText(policy.entry, spelled, jobs)),
  );
  return EXIT.done;
}

const toFacts = ({ file: from, keys, absent }: SpelledPolicy, jobs: readonly Job[]): object => ({
  ...(from === undefined ? {} : { file: from }),
  keys: keys.map(({ path, value, origin, file, text }) => ({
    path,
    ...(value === undefined ? {} : { value }),
    origin,
    ...(file === undefined ? {} : { file }),
    ...(text?.effect === undefined ? {} : { effect: text.effect }),
  })),
  absent,
  ...(jobs.length === 1 ? jobs.map(firstRunOf)[0] : { targets: jobs.map(firstRunOf) }),
});

const firstRunOf = (job: Job): object => ({
  policy: job.policy,
  firstRun: job.steps.map((step) => ({
    host: step.host,
    command: step.command,
    ...(step.kind === 'stream' ? { receiver: step.receiver } : {}),
  })),
  conflicts: job.conflicts.map(({ code, message }) => ({ code, message })),
});

function formatPolicyText(name: string, { file, keys, absent }: SpelledPolicy, jobs: readonly Job[]): string {
  const lines = [
    file === undefined ? `${name}:` : `${name}: # in ${file}`,
    ...toYamlLines(keys).map((line) => `  ${line}`),
    '',
    ...(absent.length === 0 ? [] : comment(`Not written, and without a default: ${absent.join(', ')}.`)),
    ...jobs.flatMap((job) => formatFirstRun(job, job.policy === name ? '' : ` of ${job.policy}`)),
  ];
  return `${lines.join('\n')}\n`;
}

const formatFirstRun = ({ conflicts, steps, broughtBy }: Job, ofTarget: string): readonly string[] => [
  '#',
  `# The first run${ofTarget}, had the source one encrypted dataset with ${broughtBy === undefined ? 'one snapshot' : `two snapshots that ${broughtBy} has brought`}:`,
  ...conflicts.flatMap(({ message }) => comment(`It would be refused: ${message}.`)),
  ...steps.flatMap(formatStep).map((line) => `#   ${line}`),
];

const comment = (text: string): readonly string[] => wrapText(text, 98).map((line) => `# ${line}`);

const formatStep = (step: Step): readonly string[] => [
  `${step.host}: ${quote(step.command)}`,
  ...(step.kind === 'stream' ? [`  | ${step.receiver.host}: ${quote(step.receiver.command)}`] : []),
];
