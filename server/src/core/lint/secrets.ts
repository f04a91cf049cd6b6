/** Text that looks like a key or a passphrase, wherever it stands. What it says is never part of what is told. */
import { span } from '../text/span';
import type { Span } from '../text/span';

export interface Secret {
  readonly span: Span;
  /** Completes "this looks like …". */
  readonly what: string;
}

interface Shape {
  readonly what: string;
  /** The group `secret` is the place; the whole match without one. Flags `dg`. */
  readonly pattern: RegExp;
  /** What every match holds, and hardly any text: looking for it costs little, so most texts are settled by it. */
  readonly hint?: RegExp;
  readonly isSecret?: (value: string, line: Line) => boolean;
}

/** The text around a match on its own line. */
interface Line {
  readonly before: string;
  readonly after: string;
}

/** Whether a value could be nothing but a secret, where a place or a decision was asked for. */
export const isLiteralKey = (value: string): boolean =>
  value.length >= 8 && isNoPlaceholder(value) && !value.includes('/');

/** Every secret of a text, by place; what two shapes recognise is told once, by the first. */
export function findSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { what, pattern, hint, isSecret = () => true } of SHAPES) {
    if (hint?.test(text) === false) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
      const isKnown = found.some((other) => start < other.span.end && other.span.start < end);
      if (!isKnown && isSecret(text.slice(start, end), lineAround(text, start, end)))
        found.push({ span: span(start, end), what });
    }
  }
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

/** What is no key file's place, no placeholder and no decision of another kind may be a passphrase. */
const NO_SECRET =
  /^(?:~|null|true|false|yes|no|none|never|manual|prompt|ask|unset|unknown|<.*>|\[.*\]|\{\{?.*\}?\}|\$.*|[*.x…_-]+|\.{0,2}\/.*|[a-z][a-z0-9+.-]*:\/\/.*|[\w.-]+\.(?:age|asc|gpg|hex|key|pem|txt))$/i;

const isNoPlaceholder = (value: string): boolean => !NO_SECRET.test(value);

const isComment = ({ before }: Line): boolean => /(?:^|\s)#/.test(before);

/** What stands after `passphrase:`, with its quotes. In a comment it may be a sentence about the passphrase. */
function isPassphrase(written: string, line: Line): boolean {
  const value = written.replaceAll(/^["']|["']$/g, '');
  if (!isNoPlaceholder(value)) return false;
  return !isComment(line) || value !== written || isNoProse(value);
}

function isNoProse(value: string): boolean {
  const words = value.split(/\s+/);
  if (words.length > 1) return words.length > 3 && !words.some((word) => PROSE.test(word));
  // zfs takes no passphrase of fewer than eight characters.
  return value.length > 20 || (value.length >= 8 && /[0-9!$%&*+=?@^~]|[a-z][A-Z]/.test(value));
}

const PROSE =
  /^(?:an?|and|are|as|asked?|at|be|by|for|from|has|here|in|is|it|its|kept|must|never|no|not|of|on|only|or|see|the|this|to|was|who|with|\p{P}+|.*[.:;])$/iu;

/** Digests and fingerprints are as long as keys: what is named as one, and what a checksum tool prints, is none. */
const isKey = (value: string, { before, after }: Line): boolean =>
  !NAMED_DIGEST.test(before) && !/^ [ *]\S+\s*$/.test(after) && new Set(value).size > 8;

const NAMED_DIGEST =
  /(?:sha-?(?:2|3|256|512)|digest|fingerprint|checksum|integrity|hash|host-?key|commit|plan|receipt|guid|token)(?![a-z])[^,;]*$/i;

const keyLike = (pattern: string): RegExp => new RegExp(`(?<![\\w+/.-])(?<secret>${pattern})(?![\\w+/=-])`, 'dg');

const SHAPES: readonly Shape[] = [
  {
    what: 'a private key',
    pattern: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]*?-----END [A-Z0-9 ]{0,40}-----)?/dg,
  },
  { what: 'a private key of age', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/dg },
  { what: 'an access token', pattern: /\b(?:hvs\.[\w-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[\w-]{20,})/dg },
  {
    what: 'the password of a URL',
    hint: /:\/\//,
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'#?]{0,80}:(?<secret>[^\s/@"']{1,200})@/dg,
    isSecret: isNoPlaceholder,
  },
  {
    what: 'a password or token in a URL',
    pattern:
      /[?&](?:access_token|api_?key|auth|key|passphrase|passwd|password|secret|sig|signature|token)=(?<secret>[^\s&#"']{1,400})/dg,
    isSecret: isNoPlaceholder,
  },
  {
    what: 'the password of a login',
    pattern: /\b(?:ssh|address|jump):[ \t]*["']?[\w.-]{1,64}:(?<secret>[^\s@"',}:/]{1,100})@/dg,
    isSecret: isNoPlaceholder,
  },
  {
    what: 'a passphrase or password',
    hint: /(?:phrase|passwd|word|secret|key)["']?[ \t]*[=:]/i,
    pattern:
      /(?<![\w.-])(?:[\w.-]{1,40}[_.-])?(?:passphrase|passwd|password|pass_?word|secret|(?:wrapping|raw|hex|encryption|master|zfs)[_ -]?key)["']?[ \t]*(?:=|:(?=[ \t]))[ \t]*(?<secret>"[^"\r\n]+"|'[^'\r\n]+'|[^\s"'#,{}[\]|>&*!%@`](?:[^\r\n#,{}[\]]*[^\s#,{}[\]])?)/dgi,
    isSecret: isPassphrase,
  },
  {
    what: 'a key where only its place may stand',
    hint: /keylocation/i,
    pattern: /(?<![\w.-])keylocation["']?[ \t]*[=:][ \t]*["']?(?<secret>[^\s"',{}#]{8,200})/dgi,
    isSecret: isNoPlaceholder,
  },
  {
    what: 'a key of 32 bytes in hex',
    hint: /[0-9A-Fa-f]{64}/,
    pattern: keyLike('(?:0x)?[0-9A-Fa-f]{64}'),
    isSecret: isKey,
  },
  {
    what: 'a key of 32 bytes in base64',
    hint: /[AEIMQUYcgkosw048]=/,
    pattern: keyLike('[A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048]='),
    isSecret: isKey,
  },
  { what: 'a key of raw bytes', pattern: /(?:\\x[0-9A-Fa-f]{2}){16,}/dg },
];

function lineAround(text: string, start: number, end: number): Line {
  const from = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1), start - 500 - 1) + 1;
  const to = /[\r\n]|$/.exec(text.slice(end, end + 500))?.index ?? 0;
  return { before: text.slice(from, start), after: text.slice(end, end + to) };
}
