import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import type { Job, Plan, Step } from '../../../server/src/core/plan/plan';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { PolicyFile } from '../../../server/src/core/policy/policy';
import { quote } from '../../../server/src/core/shell/quote';
import type { Bookmark, Dataset, Inventory, Snapshot } from '../../../server/src/core/zfs/inventory';
import { formatResumeToken } from '../../../server/src/core/zfs/format-token';

/**
 * A dataset in one line: `@a1` is a snapshot `a` with guid 1, `#m2` a bookmark, `@a1!` one with another
 * ivsetguid, `@a1*` one that this policy holds. Words: `+` has written data, `clear` is unencrypted,
 * `root` is its own encryption root, `in=X` has the root X, `vol` is a volume, `loaded` has its key,
 * `mounted`, `token=a1` and `token=a1-b2` keep a raw transfer of @a (from guid 2), `plain-token=a1` one that is not,
 * `key=V` has the keylocation V, `mountpoint=V`, `clone`.
 */
export type Notation = string;

/** Either the top dataset alone, or paths below it with `''` for the top. */
export type Tree = Notation | Readonly<Record<string, Notation>>;

export interface PlanCase {
  readonly src: Tree;
  readonly dst?: Tree;
  /** YAML added to the policy, indented by four. */
  readonly policy?: string;
}

const NOW = '2026-11-23T02:00:00.000Z';
export const TAG = 'rawsend:p:vault';

export function policyFile(more = ''): PolicyFile {
  const { file, problems } = parsePolicy(`version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: root@dest }
policies:
  p:
    source: prod:tank/src
    target: vault:backup/dst
${more.includes('intent:') ? '' : '    intent: vault\n'}${more.includes('recursive:') ? '' : '    recursive: true\n'}${more}`);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  return file;
}

/** The plan of a case, at a fixed time unless another is given. */
export function planOf({ src, dst, policy }: PlanCase, now = NOW): Plan {
  return planPolicies(policyFile(policy), ['p'], inventories({ src, ...(dst === undefined ? {} : { dst }) }), now);
}

export function jobOf(one: PlanCase): Job {
  const [job] = planOf(one).jobs;
  if (job === undefined) throw new Error('no job');
  return job;
}

/** The job in compact text: one line a step, without what every step has. */
export function plan(one: PlanCase): string {
  const job = jobOf(one);
  if (job.status === 'conflict') return job.conflicts.map(({ code, subject }) => `${code} ${subject}`).join('\n');
  if (job.status === 'up-to-date') return 'up-to-date';
  return [...job.steps.map(compact), ...(job.continues ? ['…'] : [])].join('\n');
}

const DEFAULT_FLAGS =
  / -o mountpoint=none -o readonly=on -o quota=none -o refquota=none -o reservation=none -o refreservation=none -x sharenfs -x sharesmb/;
const ADOPT_FLAGS =
  / -o mountpoint=none -o readonly=on -x sharenfs -x sharesmb -x quota -x refquota -x reservation -x refreservation/;

/** Without what every command has, so that a test shows what it is about. */
const short = (argv: readonly string[]): string =>
  quote(argv)
    .replace(/^zfs /, '')
    .replaceAll('rep-2026-11-23T020000Z', 'NEW')
    .replaceAll(TAG, 'TAG')
    .replace('send -w', 'send')
    .replace(' -v -P', '')
    .replace('receive -s -u', 'receive')
    .replace(DEFAULT_FLAGS, ' FLAGS')
    .replace(ADOPT_FLAGS, ' FLAGS')
    .replace(' -o readonly=on -o reservation=none -o refreservation=none', ' VOLFLAGS')
    .replace(/-t 1-\S+/, '-t TOKEN');

function compact(step: Step): string {
  if (step.kind === 'command') return `${short(step.command)}${step.afterProof ? ' (after proof)' : ''}`;
  return `${short(step.command)} | ${short(step.receiver.command)}`;
}

export function inventories({ src, dst }: Pick<PlanCase, 'src' | 'dst'>): Readonly<Record<string, Inventory>> {
  const target = dst === undefined ? [] : tree(dst, 'backup/dst', 'unavailable');
  return {
    prod: inventory('prod', [bare('tank'), ...tree(src, 'tank/src', 'available')]),
    vault: inventory('vault', [bare('backup'), ...target]),
  };
}

function inventory(host: string, datasets: readonly Dataset[]): Inventory {
  return {
    schema: 1,
    host,
    takenAt: NOW,
    zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
    pools: [],
    datasets,
  };
}

function tree(notation: Tree, top: string, keyStatus: 'available' | 'unavailable'): readonly Dataset[] {
  const lines = typeof notation === 'string' ? { '': notation } : notation;
  return Object.entries(lines).map(([path, line]) =>
    dataset(path === '' ? top : `${top}/${path}`, line, { top, keyStatus }),
  );
}

function bare(name: string): Dataset {
  return {
    name,
    kind: 'filesystem',
    guid: '1',
    createtxg: '1',
    encryption: 'off',
    mounted: true,
    readonly: { value: 'off', source: 'default' },
    used: 0,
    referenced: 0,
    written: 0,
    snapshots: [],
    bookmarks: [],
  };
}

interface Side {
  readonly top: string;
  readonly keyStatus: 'available' | 'unavailable';
}

function dataset(name: string, line: Notation, { top, keyStatus }: Side): Dataset {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const has = (word: string): boolean => words.includes(word);
  const valueOf = (key: string): string | undefined =>
    words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const isTarget = keyStatus === 'unavailable';
  const root = has('root') ? name : (valueOf('in') ?? top);
  const token = tokenOf(name, valueOf('token') ?? valueOf('plain-token'), valueOf('plain-token') === undefined);
  const isVolume = has('vol');
  const mountpoint = { value: valueOf('mountpoint') ?? (isTarget ? 'none' : `/${name}`), source: 'inherited' } as const;
  return {
    ...bare(name),
    kind: isVolume ? 'volume' : 'filesystem',
    ...(has('clear')
      ? {}
      : {
          encryption: 'aes-256-gcm',
          encryptionRoot: root,
          keyStatus: has('loaded') ? 'available' : keyStatus,
          keyLocation: root === name ? (valueOf('key') ?? (isTarget ? 'prompt' : 'file:///k')) : 'none',
        }),
    ...(isVolume ? {} : { mountpoint, canmount: { value: 'on', source: 'default' } }),
    mounted: has('mounted'),
    readonly: { value: isTarget ? 'on' : 'off', source: 'inherited' },
    written: has('+') ? 100 : 0,
    referenced: 1000,
    ...(has('clone') ? { origin: 'tank/src/x@y' } : {}),
    ...(token === undefined ? {} : { resumeToken: token }),
    snapshots: words.filter((word) => word.startsWith('@')).map((word) => snapshot(word, has('clear'))),
    bookmarks: words.filter((word) => word.startsWith('#')).map((word) => version(word, has('clear'))),
  };
}

/** The order of creation is that of the guids, so that both sides agree on it. */
function version(word: string, clear: boolean): Bookmark {
  const [, name, guid = '', marks = ''] = /^[@#](.+?)(\d+)([!*]*)$/.exec(word) ?? [];
  if (name === undefined) throw new Error(`no version: ${word}`);
  const ivsetguid = `${guid}${marks.includes('!') ? '999' : '00'}`;
  return { name, guid, createtxg: guid, creation: Number(guid), ...(clear ? {} : { ivsetguid }) };
}

function snapshot(word: string, clear: boolean): Snapshot {
  return { ...version(word, clear), used: 0, referenced: 1000, holds: word.includes('*') ? [TAG] : [] };
}

function tokenOf(name: string, text: string | undefined, raw: boolean): string | undefined {
  if (text === undefined) return undefined;
  const [, to = '', toGuid = '', fromGuid] = /^([a-z]+)(\d+)(?:-[a-z]+(\d+))?$/.exec(text) ?? [];
  const source = name.replace('backup/dst', 'tank/src');
  return formatResumeToken({
    object: '8',
    offset: '0',
    bytes: 1000,
    toName: `${source}@${to}`,
    toGuid,
    raw,
    embedded: false,
    compressed: true,
    largeBlocks: false,
    ...(fromGuid === undefined ? {} : { fromGuid }),
  });
}
