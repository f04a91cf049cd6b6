import { bringerOf } from '../../core/policy/bringer';
import type { PolicyFile } from '../../core/policy/policy';
import type { Outcome } from '../../core/run/event';
import { defineCommand } from '../define-command';
import { EXIT, type ExitCode, worstExit } from '../exit-code';
import { usageFailure } from '../failure';
import { chooseNames, FILE_OPTION, loadPolicy, NAME_OPERAND } from '../load-policy';
import { SSH_OPTION } from '../open-hosts';
import { createApproval } from '../run/approval';
import { executePolicy } from '../run/execute-policy';
import { createJsonView, createTextView } from '../run/run-view';
import { listenForStop } from '../run/stop-request';

const EXIT_BY_OUTCOME: Readonly<Record<Outcome, ExitCode>> = {
  done: EXIT.done,
  'up-to-date': EXIT.done,
  conflict: EXIT.findings,
  'verification-failed': EXIT.findings,
  failed: EXIT.failed,
  cancelled: EXIT.failed,
};

export const run = defineCommand({
  name: 'run',
  summary: 'Carry out the plan of a policy and prove the result',
  operands: 'NAME…',
  description: [
    `${NAME_OPERAND} ` +
      'Several run one after the other, and one whose source another one brings comes after it. One that fails ' +
      'does not keep the next from running, a cancelled one does, and the exit code is that of the worst.',
    'On a terminal the plan is shown and nothing runs before it is approved. Anywhere else it has to be approved by option. ' +
      'Ctrl-C stops cleanly: what the target has received is kept, and the next run goes on from there. A second Ctrl-C ends the program at once.',
    'Events and the receipt are kept in $XDG_STATE_HOME/rawsend/runs (default ~/.local/state/rawsend/runs). Where standard output is ' +
      'no terminal it is one JSON event a line, the last of each policy being "finished".',
  ],
  options: {
    format: {
      type: 'string',
      argument: 'FORM',
      choices: ['text', 'json'],
      otherwise: 'text on a terminal, else json',
      summary: 'Form of the events',
    },
    yes: { type: 'boolean', short: 'y', summary: 'Approve whatever is planned, e.g. in cron' },
    'any-time': { type: 'boolean', summary: "Begin outside of the policy's window too" },
    approve: { type: 'string', argument: 'DIGEST', summary: 'Approve the plan that has this digest, and no other' },
    ...FILE_OPTION,
    ...SSH_OPTION,
  },
  examples: [
    { command: 'rawsend run prod-to-vault', meaning: 'Show the plan, ask, send, verify' },
    { command: 'rawsend run --yes prod-to-vault home-to-vault', meaning: 'Unattended, e.g. in cron' },
    {
      command: 'rawsend run prod-to-vault --format json --yes | jq -r .kind',
      meaning: 'Follow the events in a program',
    },
  ],
  async run({ values, operands }, io) {
    const json = values.format === undefined ? !io.stdout.isTTY : values.format === 'json';
    const view = json ? createJsonView(io.stdout) : createTextView(io);
    const approve = createApproval({ yes: values.yes ?? false, digest: values.approve }, io, view);
    const policy = await loadPolicy(values.file, io);
    const names = chooseNames(policy, operands);
    if (values.approve !== undefined && names.length > 1)
      throw usageFailure('--approve approves the plan of one policy and one target: name one', names.join(', '));
    const stop = listenForStop(io, () => {
      view.clear();
      io.stderr.write('rawsend: stopping; what the target has received is kept. Ctrl-C again ends at once\n');
    });
    try {
      const outcomes: Outcome[] = [];
      const ended = new Map<string, Outcome>();
      for (const name of names) {
        if (stop.cancel.requested()) break;
        const outcome = await executePolicy(name, policy, {
          io,
          view,
          approve,
          cancel: stop.cancel,
          sshConfig: values['ssh-config'],
          anyTime: values['any-time'] ?? false,
          told: toldOfBringer(policy.file, name, ended),
        });
        outcomes.push(outcome);
        ended.set(name, outcome);
      }
      const left = names.slice(outcomes.at(-1) === 'cancelled' ? outcomes.length - 1 : outcomes.length);
      if (stop.cancel.requested() && left.length > 0)
        io.stderr.write(`rawsend: to go on: ${resumeCommand(left, values.file)}\n`);
      return worstExit([
        ...outcomes.map((outcome) => EXIT_BY_OUTCOME[outcome]),
        left.length > 0 ? EXIT.failed : EXIT.done,
      ]);
    } finally {
      stop.forget();
    }
  },
});

/** A chain goes on with what the relay has; that the newest is not among it is said. */
function toldOfBringer(file: PolicyFile, name: string, ended: ReadonlyMap<string, Outcome>): readonly string[] {
  const policy = file.policies[name];
  const bringer = policy && bringerOf(file, policy);
  const outcome = bringer && ended.get(bringer.name);
  if (bringer === undefined || outcome === undefined || EXIT_BY_OUTCOME[outcome] === EXIT.done) return [];
  return [
    `${bringer.name}, which brings ${policy?.source.dataset ?? ''}, ended with ${outcome}: only what had come before can be sent onward`,
  ];
}

/** What was given on standard input cannot be repeated in words. */
const resumeCommand = (names: readonly string[], file: string | undefined): string =>
  ['rawsend run', ...(file === undefined ? [] : ['-f', file === '-' ? 'FILE' : file]), ...names].join(' ');
