/**
 * The properties that the model knows, as `zfs get` of 2.3.2 lists them. A property that is missing here is refused by name,
 * never answered with a guess.
 */
export interface PropertyRule {
  readonly name: string;
  /** `settable`: local and received values, inherited where `inherits`; `once`: given at creation; `fact`: read only. */
  readonly kind: 'settable' | 'once' | 'fact';
  readonly inherits?: true;
  readonly on: readonly Kind[];
  readonly fallback?: string;
  /** The words it takes; any text where absent. */
  readonly values?: readonly string[];
  /** Where the words that zfs shows are more than words. */
  readonly takes?: RegExp;
  /** What it takes besides, and shows as another word: names of before. */
  readonly spelled?: Readonly<Record<string, string>>;
  /** What is otherwise in 2.1.11; `without`: words that it does not have yet. */
  readonly in21?: Pick<PropertyRule, 'fallback' | 'spelled'> & { readonly without?: readonly string[] };
  /** A `size` has a unit from 1K on, `bytes` always. */
  readonly format?: 'size' | 'bytes' | 'number' | 'time';
  /** The heading in `zfs list` where it is not the name in capitals. */
  readonly column?: string;
}

export type Kind = 'filesystem' | 'volume' | 'snapshot' | 'bookmark';

const FS: readonly Kind[] = ['filesystem'];
const VOLUME: readonly Kind[] = ['volume'];
const HEADS: readonly Kind[] = ['filesystem', 'volume'];
const SNAPSHOT: readonly Kind[] = ['snapshot'];
const ALL_BUT_BOOKMARKS: readonly Kind[] = ['filesystem', 'volume', 'snapshot'];
const EVERYTHING: readonly Kind[] = ['filesystem', 'volume', 'snapshot', 'bookmark'];

const fact = (name: string, on: readonly Kind[], more: Partial<PropertyRule> = {}): PropertyRule => ({
  name,
  kind: 'fact',
  on,
  ...more,
});
const inherited = (
  name: string,
  on: readonly Kind[],
  fallback: string,
  more: Partial<PropertyRule> = {},
): PropertyRule => ({ name, kind: 'settable', inherits: true, on, fallback, ...more });
const words = (text: string): readonly string[] => text.split(' ');
const SWITCHED = { values: ['on', 'off'] };
const own = (name: string, on: readonly Kind[], fallback: string, more: Partial<PropertyRule> = {}): PropertyRule => ({
  name,
  kind: 'settable',
  on,
  fallback,
  ...more,
});

const RULES: readonly PropertyRule[] = [
  fact('name', EVERYTHING),
  fact('type', EVERYTHING),
  fact('creation', EVERYTHING, { format: 'time' }),
  fact('used', ALL_BUT_BOOKMARKS, { format: 'bytes' }),
  fact('available', HEADS, { format: 'bytes', column: 'AVAIL' }),
  fact('referenced', EVERYTHING, { format: 'bytes', column: 'REFER' }),
  fact('written', ALL_BUT_BOOKMARKS, { format: 'size' }),
  fact('mounted', FS),
  fact('origin', HEADS),
  fact('guid', EVERYTHING, { format: 'number' }),
  fact('createtxg', EVERYTHING, { format: 'number' }),
  fact('ivsetguid', ['snapshot', 'bookmark'], { format: 'number' }),
  fact('userrefs', SNAPSHOT, { format: 'number' }),
  fact('defer_destroy', SNAPSHOT),
  fact('clones', SNAPSHOT),
  fact('receive_resume_token', HEADS, { column: 'RESUMETOK' }),
  fact('encryptionroot', ALL_BUT_BOOKMARKS, { column: 'ENCROOT' }),
  fact('keystatus', ALL_BUT_BOOKMARKS),
  { name: 'encryption', kind: 'once', on: ALL_BUT_BOOKMARKS },
  { name: 'keyformat', kind: 'once', on: HEADS },
  { name: 'pbkdf2salt', kind: 'once', on: HEADS, format: 'size' },
  { name: 'pbkdf2iters', kind: 'once', on: HEADS, format: 'number' },
  { name: 'keylocation', kind: 'settable', on: HEADS },
  own('volsize', VOLUME, '0', { format: 'size' }),
  own('canmount', FS, 'on', { values: ['on', 'off', 'noauto'] }),
  inherited('mountpoint', FS, ''),
  inherited('readonly', HEADS, 'off', { ...SWITCHED, column: 'RDONLY' }),
  inherited('compression', HEADS, 'on', {
    values: words(
      'on off lzjb gzip gzip-[1-9] zle lz4 zstd zstd-[1-19] zstd-fast ' +
        'zstd-fast-[1-10,20,30,40,50,60,70,80,90,100,500,1000]',
    ),
    takes: /^(?:on|off|lzjb|gzip(?:-[1-9])?|zle|lz4|zstd(?:-1?[0-9])?|zstd-fast(?:-\d+)?)$/,
    column: 'COMPRESS',
    in21: { fallback: 'off' },
  }),
  inherited('recordsize', FS, '131072', { format: 'size', column: 'RECSIZE' }),
  inherited('atime', FS, 'on', SWITCHED),
  inherited('exec', ['filesystem', 'snapshot'], 'on', SWITCHED),
  inherited('setuid', ['filesystem', 'snapshot'], 'on', SWITCHED),
  inherited('devices', ['filesystem', 'snapshot'], 'on', SWITCHED),
  inherited('checksum', HEADS, 'on', {
    values: words('on off fletcher2 fletcher4 sha256 sha512 skein edonr blake3'),
    in21: { without: ['blake3'] },
  }),
  inherited('copies', HEADS, '1', { values: ['1', '2', '3'] }),
  inherited('dedup', HEADS, 'off', {
    values: words('on off verify sha256[,verify] sha512[,verify] skein[,verify] edonr,verify blake3[,verify]'),
    takes: /^(?:on|off|verify|(?:sha256|sha512|skein|blake3)(?:,verify)?|edonr,verify)$/,
    in21: { without: ['blake3[,verify]'] },
  }),
  inherited('sync', HEADS, 'standard', { values: ['standard', 'always', 'disabled'] }),
  inherited('logbias', HEADS, 'latency', { values: ['latency', 'throughput'] }),
  inherited('snapdir', FS, 'hidden', {
    values: ['disabled', 'hidden', 'visible'],
    in21: { without: ['disabled'] },
  }),
  inherited('snapdev', HEADS, 'hidden', { values: ['hidden', 'visible'] }),
  inherited('volmode', HEADS, 'default', {
    values: words('default full geom dev none'),
    spelled: { geom: 'full' },
  }),
  inherited('acltype', ['filesystem', 'snapshot'], 'off', {
    values: words('off nfsv4 posix'),
    spelled: { disabled: 'off', noacl: 'off', posixacl: 'posix' },
  }),
  inherited('aclmode', FS, 'discard', { values: words('discard groupmask passthrough restricted') }),
  inherited('aclinherit', FS, 'restricted', {
    values: words('discard noallow restricted passthrough passthrough-x'),
    spelled: { secure: 'restricted' },
  }),
  inherited('xattr', ['filesystem', 'snapshot'], 'on', {
    values: words('on off dir sa'),
    spelled: { sa: 'on' },
    in21: { spelled: { dir: 'on' } },
  }),
  inherited('dnodesize', FS, 'legacy', { values: words('legacy auto 1k 2k 4k 8k 16k'), column: 'DNSIZE' }),
  inherited('redundant_metadata', HEADS, 'all', {
    values: words('all most some none'),
    column: 'REDUND_MD',
  }),
  inherited('sharenfs', FS, 'off'),
  inherited('sharesmb', FS, 'off'),
  inherited('primarycache', ALL_BUT_BOOKMARKS, 'all', { values: ['all', 'none', 'metadata'] }),
  inherited('secondarycache', ALL_BUT_BOOKMARKS, 'all', { values: ['all', 'none', 'metadata'] }),
  own('quota', FS, '0', { format: 'bytes' }),
  own('refquota', FS, '0', { format: 'bytes' }),
  own('reservation', HEADS, '0', { format: 'bytes', column: 'RESERV' }),
  own('refreservation', HEADS, '0', { format: 'bytes', column: 'REFRESERV' }),
];

const BY_NAME: ReadonlyMap<string, PropertyRule> = new Map(RULES.map((rule) => [rule.name, rule]));

const ALIASES: Readonly<Record<string, string>> = {
  avail: 'available',
  refer: 'referenced',
  encroot: 'encryptionroot',
  rdonly: 'readonly',
  compress: 'compression',
  recsize: 'recordsize',
  reserv: 'reservation',
  refreserv: 'refreservation',
};

export const findProperty = (name: string): PropertyRule | undefined => BY_NAME.get(ALIASES[name] ?? name);

/** What zfs has besides: it cannot be said what becomes of these. */
const OTHERS = new Set(
  words(
    'casesensitivity context defcontext direct filesystem_limit fscontext jailed longname mlslabel nbmand normalization overlay ' +
      'prefetch relatime rootcontext snapshot_limit special_small_blocks utf8only version volblocksize volthreading vscan zoned',
  ),
);

export const isOtherProperty = (name: string): boolean => OTHERS.has(name);

/** A user's own property has a colon in its name (zfsprops(7)). */
export const isUserProperty = (name: string): boolean => /^[a-z0-9:._-]*:[a-z0-9:._-]*$/.test(name);

/** 0 is "none" for these. */
export const SPACE_LIMITS: readonly string[] = ['quota', 'refquota', 'reservation', 'refreservation'];
