/** A program that runs the command in its arguments. */
export interface Wrapper {
  /** Letters of the flags that take an argument of their own. */
  readonly valued?: string;
  /** Long flags that take the next word as their argument. */
  readonly long?: readonly string[];
  /** Arguments before the command, e.g. the time of `timeout`. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assigns?: true;
  /** With one of these letters it prints or edits something and runs nothing. */
  readonly inert?: string;
  /** With one of these letters and no command it is a shell. */
  readonly shell?: string;
  /** Words that have to stand first, e.g. `netns exec` of `ip`. */
  readonly words?: readonly string[];
  /** A letter without which it is no wrapper. */
  readonly needs?: string;
}

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: 'ughpCrtTURDac',
    long: ['user', 'group', 'host', 'prompt', 'close-from', 'role', 'type', 'chdir', 'chroot', 'command-timeout'],
    assigns: true,
    inert: 'eKlvV',
    shell: 'si',
  },
  doas: { valued: 'uCa', inert: 'LC', shell: 's' },
  runuser: { valued: 'ugG', long: ['user', 'group'], needs: 'u' },
  pkexec: { long: ['user'] },
  gosu: { operands: 1 },
  'su-exec': { operands: 1 },
  setuidgid: { operands: 1 },
  setpriv: {},
  chroot: { operands: 1 },
  nsenter: { valued: 'tSG', long: ['target'] },
  ip: { words: ['netns', 'exec'], operands: 1 },
  pfexec: { valued: 'P' },
  env: { valued: 'uC', long: ['unset', 'chdir'], assigns: true },
  nice: { valued: 'n', long: ['adjustment'] },
  ionice: { valued: 'cnpPu', long: ['class', 'classdata', 'pid'], inert: 'pPu' },
  chrt: { valued: 'TPDp', operands: 1, inert: 'pm' },
  taskset: { valued: 'c', inert: 'p' },
  numactl: { valued: 'NmClpi' },
  cpulimit: { valued: 'lPpe', inert: 'pPe' },
  trickle: { valued: 'dutlwLn' },
  cgexec: { valued: 'g' },
  idprio: { operands: 1 },
  rtprio: { operands: 1 },
  softlimit: { valued: 'amdslpfrtmco' },
  timelimit: { valued: 'tTsS' },
  timeout: { valued: 'ks', long: ['kill-after', 'signal'], operands: 1 },
  time: { valued: 'fo', long: ['format', 'output'] },
  nohup: {},
  setsid: {},
  daemon: { valued: 'pPtulLmoTHRs' },
  screen: { valued: 'SthecpT', inert: 'XrlR' },
  unbuffer: {},
  strace: { valued: 'eopsEPuabIOSX' },
  busybox: {},
  envdir: { operands: 1 },
  lockf: { valued: 't', operands: 1 },
  setlock: { operands: 1 },
  logsave: { operands: 1 },
  'systemd-cat': { valued: 'tp' },
  torsocks: {},
  proxychains: { valued: 'f' },
  proxychains4: { valued: 'f' },
  eatmydata: {},
  noglob: {},
  stdbuf: { valued: 'ioe', long: ['input', 'output', 'error'] },
  command: { inert: 'vV' },
  builtin: {},
  exec: { valued: 'a' },
  flock: { valued: 'wE', long: ['timeout', 'wait', 'conflict-exit-code'], operands: 1 },
  chronic: {},
  sshpass: { valued: 'fdpP' },
  caffeinate: { valued: 'tw' },
  'systemd-inhibit': { long: ['what', 'who', 'why', 'mode'] },
  'systemd-run': { valued: 'puGHM', long: ['unit', 'property', 'slice', 'description', 'uid', 'gid', 'host'] },
};
