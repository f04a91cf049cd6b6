import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../fuzz/random';
import type { Random } from '../fuzz/random';

/** How much of a script is replication: about a third of its blocks, or nearly all. */
export type Density = 'usual' | 'dense';

export interface ScriptRequest {
  readonly seed: number;
  readonly lines: number;
  readonly density: Density;
}

/**
 * A shell script as administrators write them: an opening in one of several styles, then blocks of administration and
 * of replication with names of their own. The same request always gives the same text.
 */
export function generateScript({ seed, lines, density }: ScriptRequest): string {
  const random = createRandom(seed);
  const names = Object.fromEntries(Object.entries(NAMES).map(([name, values]) => [name, random.pick(values)]));
  const log = random.pick(LOG_STYLES);
  const script = fill(random.pick(BLOCKS.opening), names, random).split('\n');
  for (let serial = 1; script.length < lines - LONGEST; serial++) {
    const kind = random.chance(SHARE[density]) ? 'replication' : 'admin';
    const block = fill(random.pick(BLOCKS[kind]), { ...names, n: String(serial) }, random);
    script.push('', ...comment(random), ...inStyle(block, { serial, log }, random));
  }
  script.push('', ...comment(random), 'echo "$0: all done at $(date)" >> "$LOG"', 'exit 0');
  return `${script.join('\n')}\n`;
}

interface ScriptStyle {
  readonly serial: number;
  readonly log: string;
}

const SHARE: Readonly<Record<Density, number>> = { usual: 0.35, dense: 0.9 };

/** A script ends at most this many lines before the length that was asked for. */
const LONGEST = 24;

const NAMES = {
  pool: ['tank', 'rpool', 'data', 'zroot', 'storage', 'ssdpool'],
  ds: ['home', 'services/postgres-main', 'virtual-machines/production', 'jails/www', 'media/archive', 'prod'],
  target: ['backup', 'vault/replicas', 'offsite/customers', 'coldstorage/nightly'],
  host: ['backup-01.example.net', 'vault.example.org', 'nas2', 'offsite-storage.example.com'],
  user: ['root', 'zfsrecv', 'backup-operator'],
  prefix: ['daily', 'rep', 'auto_hourly', 'nightly-replication'],
  svc: ['postgresql', 'libvirtd', 'nextcloud-worker', 'mariadb'],
  dir: ['/srv/backup', '/mnt/external/archive', '/var/lib/replication'],
  mail: ['storage@example.org', 'admin@example.net'],
} as const;

function fill(block: string, names: Readonly<Record<string, string>>, random: Random): string {
  return block.replace(/%([a-z]+)%/g, (whole, name: string) =>
    name === 'num' ? String(random.between(2, 90)) : (names[name] ?? whole),
  );
}

/** What `echo "TEXT"` is in a script that keeps a log; a script has one way for all of its messages. */
const LOG_STYLES = [
  'echo "TEXT"',
  'echo "$(date \'+%F %T\') ${0##*/}[$$]: TEXT" | tee -a "$LOG" >&2',
  'logger -t "${0##*/}" -p user.notice -- "$POOL: TEXT"',
  'printf \'%s %s: %s\\n\' "$(date +%T)" "$POOL" "TEXT" >> "$LOG"',
] as const;

/** As it stands, or as a function that is called at once, with one of the usual indentations. */
function inStyle(block: string, style: ScriptStyle, random: Random): readonly string[] {
  const { serial, log } = style;
  const lines = block
    .replace(
      /^( *)echo "([^"]*)"(?: >&2)?$/gm,
      (_, indent: string, text: string) => indent + log.replace('TEXT', () => text),
    )
    .split('\n');
  if (block.includes('<<') || random.chance(0.4)) return lines;
  const indent = random.pick(['    ', '  ', '\t']);
  const name = `${random.pick(['step', 'do_work', 'phase', 'replicate_part'])}_${serial}`;
  return [
    `${name}() {`,
    ...lines.map((line) => (line === '' ? '' : indent + line)),
    '}',
    `${name} "$@" || echo "${name} failed with $?" >&2`,
  ];
}

const comment = (random: Random): readonly string[] =>
  Array.from({ length: random.between(0, 2) }, () => `# ${random.pick(COMMENTS)}`);

const BLOCKS = { opening: blocks('opening'), admin: blocks('admin'), replication: blocks('replication') };
const COMMENTS = read('comments.txt').trim().split('\n');

function blocks(name: string): readonly string[] {
  const parts = read(`${name}.sh`).split(/^### .*\n/m);
  return parts.map((part) => part.trimEnd()).filter((part) => part !== '');
}

function read(name: string): string {
  return readFileSync(join(__dirname, 'blocks', name), 'utf8');
}
