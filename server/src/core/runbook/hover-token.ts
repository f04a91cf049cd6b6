import { formatBytes } from '../text/format-bytes';
import { span } from '../text/span';
import type { Span } from '../text/span';
import { parseResumeToken } from '../zfs/token';
import type { ResumeToken } from '../zfs/token';

/** Longer than any token; what is longer is no token and not worth a search. */
const MAX_LENGTH = 65_536;

/** The parts of a token; the last is long enough that no UUID, date or hash with dashes is taken for one. */
const TOKEN = /^\d{1,3}-[0-9a-f]{1,16}-[0-9a-f]{1,8}-[0-9a-f]{32,}$/i;

/** The resume token whose text an offset is in. */
export function tokenAt(text: string, offset: number): { readonly span: Span; readonly token: string } | undefined {
  const isPart = (index: number): boolean => /[0-9A-Za-z-]/.test(text.charAt(index));
  let start = offset;
  while (start > 0 && offset - start < MAX_LENGTH && isPart(start - 1)) start -= 1;
  let end = offset;
  while (end < text.length && end - offset < MAX_LENGTH && isPart(end)) end += 1;
  const token = text.slice(start, end);
  return TOKEN.test(token) ? { span: span(start, end), token } : undefined;
}

/** What a resume token says, read without a host. */
export function hoverToken(token: string): string {
  const read = parseResumeToken(token);
  const title = '**Resume token**';
  if (!read.ok) return `${title} ⚠ damaged\n\n${capitalized(read.error.message)}.`;
  return [`${title} version 1, checksum fits`, ...describeToken(read.value)].join('\n\n');
}

function describeToken(token: ResumeToken): readonly string[] {
  const { toName, raw, fromGuid, bytes, toGuid } = token;
  const [dataset = toName, snapshot] = toName.split('@');
  const form = raw ? 'A raw stream' : '⚠ A stream that is **not raw**: encrypted data travels decrypted';
  const range = fromGuid === undefined ? 'sent in full' : 'sent as an increment';
  const facts = [
    `dataset \`${dataset}\`, by its name at the source`,
    ...(snapshot === undefined ? [] : [`snapshot \`@${snapshot}\`, guid \`${toGuid}\``]),
    fromGuid === undefined ? 'no base' : `base guid \`${fromGuid}\``,
    `${formatBytes(bytes)} (${bytes} bytes) of the stream had arrived`,
    `blocks: ${blocksOf(token).join(', ') || 'as the source reads them'}`,
  ];
  return [
    `${form}, ${range}.`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    `Goes on with \`zfs send ${raw ? '-w ' : ''}-t TOKEN | zfs receive -s …\` as long as the source still has this snapshot by its guid.`,
  ];
}

const blocksOf = ({ compressed, largeBlocks, embedded }: ResumeToken): readonly string[] => [
  ...(compressed ? ['compressed'] : []),
  ...(largeBlocks ? ['large'] : []),
  ...(embedded ? ['embedded'] : []),
];

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
