/** Wrong use: what is wrong, then the usage of the subcommand, exit code 2 (facts of 2.3.2 and 2.1.11, section m). */
import { notModelled } from './outcome';
import type { Outcome } from './outcome';
import type { State } from './state';

export function usageError(state: State, subcommand: string, problem?: string): Outcome {
  const usage =
    (state.release === '2.1' ? USAGE_OF_21 : USAGE)[subcommand] ?? notModelled(`the usage of zfs ${subcommand}`);
  const lines = usage.map((line) => `\t${line}\n`).join('');
  const rest = state.release === '2.1' ? '' : '\nFor further help on a command or topic, run: zfs help [<topic>]\n';
  const lists =
    '\nFor the property list, run: zfs set|get\n\nFor the delegated permission list, run: zfs allow|unallow\n';
  const stderr = `${problem === undefined ? '' : `${problem}\n`}usage:\n${lines}${lists}${rest}`;
  return { state, stdout: '', stderr, exitCode: 2 };
}

const USAGE: Readonly<Record<string, readonly string[]>> = {
  bookmark: ['bookmark <snapshot|bookmark> <newbookmark>'],
  'change-key': [
    'change-key [-l] [-o keyformat=<value>]',
    '    [-o keylocation=<value>] [-o pbkdf2iters=<value>]',
    '    <filesystem|volume>',
    'change-key -i [-l] <filesystem|volume>',
  ],
  clone: ['clone [-p] [-o property=value] ... <snapshot> <filesystem|volume>'],
  create: [
    'create [-Pnpuv] [-o property=value] ... <filesystem>',
    'create [-Pnpsv] [-b blocksize] [-o property=value] ... -V <size> <volume>',
  ],
  destroy: [
    'destroy [-fnpRrv] <filesystem|volume>',
    'destroy [-dnpRrv] <filesystem|volume>@<snap>[%<snap>][,...]',
    'destroy <filesystem|volume>#<bookmark>',
  ],
  hold: ['hold [-r] <tag> <snapshot> ...'],
  holds: ['holds [-rHp] <snapshot> ...'],
  'load-key': ['load-key [-rn] [-L <keylocation>] <-a | filesystem|volume>'],
  mount: ['mount [-j]', 'mount [-flvO] [-o opts] <-a|-R filesystem|filesystem>'],
  receive: [
    'receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ...',
    '    <filesystem|volume|snapshot>',
    'receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ... ',
    '    [-d | -e] <filesystem>',
    'receive -A <filesystem|volume>',
  ],
  release: ['release [-r] <tag> <snapshot> ...'],
  rename: [
    'rename [-f] <filesystem|volume|snapshot> <filesystem|volume|snapshot>',
    'rename -p [-f] <filesystem|volume> <filesystem|volume>',
    'rename -u [-f] <filesystem> <filesystem>',
    'rename -r <snapshot> <snapshot>',
  ],
  rollback: ['rollback [-rRf] <snapshot>'],
  send: [
    'send [-DLPbcehnpsVvw] [-i|-I snapshot]',
    '     [-R [-X dataset[,dataset]...]]     <snapshot>',
    'send [-DnVvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>',
    'send [-DnPpVvLec] [-i bookmark|snapshot] --redact <bookmark> <snapshot>',
    'send [-nVvPe] -t <receive_resume_token>',
    'send [-PnVv] --saved filesystem',
  ],
  snapshot: ['snapshot [-r] [-o property=value] ... <filesystem|volume>@<snap> ...'],
  'unload-key': ['unload-key [-r] <-a | filesystem|volume>'],
  unmount: ['unmount [-fu] <-a | filesystem|mountpoint>'],
};

const USAGE_OF_21: typeof USAGE = {
  ...USAGE,
  holds: ['holds [-rH] <snapshot> ...'],
  mount: ['mount', 'mount [-flvO] [-o opts] <-a | filesystem>'],
  send: [
    'send [-DnPpRVvLecwhb] [-[i|I] snapshot] <snapshot>',
    'send [-DnVvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>',
    'send [-DnPpVvLec] [-i bookmark|snapshot] --redact <bookmark> <snapshot>',
    'send [-nVvPe] -t <receive_resume_token>',
    'send [-PnVv] --saved filesystem',
  ],
};
