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
  /** By its path or its text; both are looked at before anything is parsed. */
  readonly path?: RegExp;
  readonly text?: RegExp;
  readonly keys: Readonly<Record<string, KeyMeaning>>;
  readonly setting: Setting;
  /** Commands in one list share a shell. */
  readonly session?: true;
}

const playbook: Setting = { medium: 'playbook' };

/** The first whose path or text fits. Keys that other documents use for other things are in none. */
export const YAML_KINDS: readonly YamlKind[] = [
  {
    path: /(?:^|[/\\])\.(?:github|gitea|forgejo)[/\\]workflows[/\\]/,
    text: /^jobs:[^]*^\s+(?:-\s+)?(?:runs-on|uses|run):/m,
    keys: { run: 'shell' },
    setting: playbook,
  },
  {
    path: /\.gitlab-ci\.ya?ml$|[/\\.](?:woodpecker|drone)\b[^/\\]*\.ya?ml$|[/\\]\.woodpecker[/\\]/,
    keys: { script: 'shell', before_script: 'shell', after_script: 'shell', commands: 'shell' },
    setting: playbook,
    session: true,
  },
  {
    path: /(?:^|[/\\])(?:user-data|cloud-init|cloud-config)[^/\\]*$/,
    text: /^#cloud-config|^(?:runcmd|bootcmd):/m,
    keys: { runcmd: 'shell', bootcmd: 'shell', content: 'file' },
    setting: { medium: 'playbook', trigger: 'boot' },
  },
  {
    text: /^kind:\s*\S/m,
    keys: { command: 'command', args: 'command', data: 'file' },
    setting: playbook,
  },
  {
    path: /(?:docker-)?compose[^/\\]*\.ya?ml$/,
    text: /^services:/m,
    keys: { command: 'command', entrypoint: 'command', test: 'command' },
    setting: playbook,
  },
  {
    path: /(?:^|[/\\])(?:tasks|handlers|playbooks|roles)[/\\]/,
    text: /^\s*-\s+(?:hosts|name|ansible\.builtin\.\w+|shell|command|raw|block):/m,
    keys: {
      shell: 'shell',
      raw: 'shell',
      command: 'command',
      job: 'shell',
      content: 'file',
      block: 'file',
    },
    setting: playbook,
  },
];

/** `ansible.builtin.shell` is `shell`. */
export const bareKey = (key: string): string =>
  key.replace(/^(?:ansible\.(?:builtin|legacy|posix)|community\.general)\./, '');
