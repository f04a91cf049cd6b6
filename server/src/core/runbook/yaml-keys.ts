import type { Setting } from './runbook';

/** What a key of a YAML document holds. */
export type KeyMeaning =
  /** Text for a shell; of a list each item, one after the other. */
  | 'shell'
  /** A program with its arguments, without a shell: a list, or text that is split into words. */
  | 'command'
  /** A file: its text, with the path beside it. */
  | 'file';

/** A kind of YAML document that runs shell. */
export interface YamlKind {
  /** By its path, or by all of these in its text; both are looked at before anything is parsed. */
  readonly path?: RegExp;
  readonly text?: readonly RegExp[];
  readonly keys: Readonly<Record<string, KeyMeaning>>;
  /** Keys below which everything is data, whatever it is called. */
  readonly data?: readonly string[];
  readonly setting: Setting;
  /** The commands of one job share a shell. */
  readonly session?: true;
  /** What the document itself says about what runs its steps. */
  readonly defaultShell?: string;
}

const playbook: Setting = { medium: 'playbook' };

/** The first whose path or text fits. Keys that other documents use for other things are in none. */
export const YAML_KINDS: readonly YamlKind[] = [
  {
    path: /(?:^|[/\\])\.(?:github|gitea|forgejo)[/\\]workflows[/\\]/,
    text: [/^jobs:/m, /^[ \t]+(?:-[ \t]+)?(?:runs-on|uses):/m],
    keys: { run: 'shell' },
    data: ['with', 'env', 'inputs', 'outputs'],
    setting: playbook,
  },
  {
    text: [/^(?:stages|workflow|default):/m, /^[ \t]+script:/m],
    path: /\.gitlab-ci\.ya?ml$|[/\\.](?:woodpecker|drone)\b[^/\\]*\.ya?ml$|[/\\]\.woodpecker[/\\]/,
    keys: { script: 'shell', before_script: 'shell', after_script: 'shell', commands: 'shell' },
    data: ['variables', 'environment'],
    setting: playbook,
    session: true,
  },
  {
    path: /(?:^|[/\\])(?:user-data|cloud-init|cloud-config)[^/\\]*$/,
    text: [/^#cloud-config|^(?:runcmd|bootcmd):/m],
    keys: { runcmd: 'shell', bootcmd: 'shell', content: 'file' },
    setting: playbook,
  },
  {
    text: [/^kind:[ \t]*\S/m],
    keys: { command: 'command', args: 'command', data: 'file' },
    data: ['metadata', 'env'],
    setting: playbook,
  },
  {
    path: /(?:docker-)?compose[^/\\]*\.ya?ml$/,
    text: [/^services:/m],
    keys: { command: 'command', entrypoint: 'command', test: 'command' },
    data: ['labels', 'environment'],
    setting: playbook,
  },
  {
    path: /(?:^|[/\\])(?:tasks|handlers|playbooks|roles)[/\\]/,
    text: [/^[ \t]*-[ \t]+(?:hosts|name|ansible\.builtin\.\w+|shell|command|raw|block):/m],
    keys: {
      shell: 'shell',
      raw: 'shell',
      command: 'command',
      job: 'shell',
      content: 'file',
      block: 'file',
    },
    data: ['vars', 'set_fact', 'add_host', 'environment', 'debug', 'assert', 'loop', 'with_items'],
    setting: playbook,
  },
];

/** `ansible.builtin.shell` is `shell`. */
export const bareKey = (key: string): string =>
  key.replace(/^(?:ansible\.(?:builtin|legacy|posix)|community\.general)\./, '');
