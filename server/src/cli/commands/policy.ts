import { defineCommand } from '../define-command';
import type { ExitCode } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { POLICY_OPTIONS, type PolicyInvocation } from './policy-options';

interface Subcommand {
  readonly options: readonly string[];
  /** What it needs is loaded when it is called. */
  readonly run: (invocation: PolicyInvocation, io: Io) => Promise<ExitCode>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  fmt: {
    options: ['check'],
    run: async (invocation, io) => (await import('./policy-fmt.js')).formatPolicies(invocation, io),
  },
  show: {
    options: ['file', 'format'],
    run: async (invocation, io) => (await import('./policy-show.js')).showPolicy(invocation, io),
  },
  diff: {
    options: ['inventory', 'format'],
    run: async (invocation, io) => (await import('./policy-diff.js')).diffPolicies(invocation, io),
  },
  init: {
    options: ['ssh', 'elevate', 'output', 'ssh-config'],
    run: async (invocation, io) => (await import('./policy-init.js')).initPolicy(invocation, io),
  },
};

export const policy = defineCommand({
  name: 'policy',
  summary: 'Write, format, spell out and compare policies',
  operands: 'fmt [FILE…]|show [NAME]|diff OLD NEW|init HOST:DATASET HOST:DATASET',
  description: [
    '`fmt` lays out policy files: two blanks a level, a blank line above each section, short sections on one line as they ' +
      'were written. Nothing is put in another order, and comments, anchors and quotes stay. Without FILE it is the nearest ' +
      'rawsend.yaml; - is standard input, written to standard output. A file with errors in its syntax is left as it is, with exit code 1.',
    '`show` prints a policy with every default spelled out, each line that the policy does not say itself marked by a comment, and ' +
      'the commands of a first run. No host is asked.',
    '`diff` compares two policy files by what they do: for each policy that changes, what matters most to safety in words, then ' +
      'the commands of its runs, what is checked and what it says, as a diff. - is standard input, for one of both; an empty ' +
      'file has no policies. Exit code 0 means that nothing of that changes, 1 that something does, 3 that a file has errors. No host is asked: with the inventories of both hosts the next run is compared, else runs of a sample.',
    '`init` asks two hosts, and changes nothing on them, for what the source dataset is and what the target holds, and prints a ' +
      'policy with comments. HOST is an alias of ~/.ssh/config, user@host, a name that --ssh gives an address, or local for this machine.',
  ],
  options: POLICY_OPTIONS,
  examples: [
    {
      command: 'rawsend policy init prod:tank/prod vault:backup/prod -o rawsend.yaml',
      meaning: 'A policy for a dataset that exists',
    },
    { command: 'rawsend policy show prod-to-vault', meaning: 'What three lines mean' },
    {
      command: 'git show HEAD:rawsend.yaml | rawsend policy diff - rawsend.yaml',
      meaning: 'What the edits since the last commit change in what runs',
    },
    {
      command: "git difftool -x 'rawsend policy diff' main -- rawsend.yaml",
      meaning: 'What a branch changes in what runs',
    },
    { command: 'rawsend policy fmt --check', meaning: 'For pre-commit and CI' },
  ],
  async run({ values, operands: [action = '', ...operands] }, io) {
    const subcommand = Object.hasOwn(SUBCOMMANDS, action) ? SUBCOMMANDS[action] : undefined;
    if (subcommand === undefined)
      throw usageFailure(
        'say `rawsend policy fmt`, `rawsend policy show NAME`, `rawsend policy diff OLD NEW` or `rawsend policy init`',
      );
    const foreign = Object.keys(values).find((name) => !subcommand.options.includes(name));
    if (foreign !== undefined)
      throw usageFailure(`policy ${action} has no option --${foreign}`, "'rawsend policy --help' says which it has");
    return subcommand.run({ values, operands }, io);
  },
});
