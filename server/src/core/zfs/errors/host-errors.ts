import type { KnownError } from './known-error';

/** The command was never run: ssh between the hosts, the shell, sudo or the kernel module stopped it. */
export const HOST_ERRORS: readonly KnownError[] = [
  {
    code: 'ssh-authentication',
    pattern: /Permission denied \((?:[\w-]+,?)+\)/,
    meaning: 'the other host accepts none of the keys that were offered',
    advice: 'let the source log in to the target with a key of its own, or set route: relay',
  },
  {
    code: 'ssh-host-key',
    pattern: /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/,
    meaning: 'the other host does not show the host key that is known for it',
    advice: 'find out why before anything is sent there',
  },
  {
    code: 'ssh-unreachable',
    pattern: /ssh: (?:connect to host .+|Could not resolve hostname .+)/,
    meaning: 'one host does not reach the other',
    advice: 'set transport.address to the name under which the source reaches the target, or route: relay',
  },
  {
    code: 'command-not-found',
    pattern: /(?:zfs|zpool|sudo|doas): (?:command )?not found|(?:command not found|not found): (?:zfs|zpool|sudo|doas)/,
    meaning: 'the command is not installed, or not in the PATH of a login without a terminal',
    advice:
      'install it there, let the login find /usr/sbin, or correct elevate where it is sudo or doas that is missing',
  },
  {
    code: 'elevation-needs-password',
    pattern:
      /sudo: .*(?:a password is required|a terminal is required|no tty present)|doas: (?:Authentication required|a tty is required)/i,
    meaning: 'the user may not become root without typing a password',
    advice:
      'allow exactly the zfs and zpool commands with NOPASSWD, or delegate them with `zfs allow` and set elevate: none',
  },
  {
    code: 'elevation-refused',
    pattern: /is not (?:in the sudoers file|allowed to (?:execute|run))|doas: Operation not permitted/,
    meaning: 'the user may not run this command as root',
    advice: 'allow it in sudoers or doas.conf, or delegate it with `zfs allow` and set elevate: none',
  },
  {
    code: 'module-not-loaded',
    pattern:
      /The ZFS modules (?:are not loaded|cannot be auto-loaded)|\/dev\/zfs and \/proc\/self\/mounts are required/,
    meaning: 'the ZFS kernel module is not loaded',
    advice: 'run `modprobe zfs` there, and check that the module fits the running kernel',
  },
];
