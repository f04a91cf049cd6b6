/** One entry of the file's top level, or of a section of it, with what follows it up to the next one. */
export interface YamlPart {
  readonly text: string;
  readonly start: number;
  /** An entry of the section whose key stands in the last part that is not nested. */
  readonly isNested: boolean;
}

/**
 * Cuts a text where an entry begins of its top level, or of a section that is only a key and indented entries. Undefined for a text
 * whose parts mean something only together, or that cannot be cut without reading it.
 */
export function yamlParts(text: string): readonly YamlPart[] | undefined {
  if (TOGETHER.test(text)) return undefined;
  const cuts: { at: number; isNested: boolean }[] = [];
  /** How far the entries of the section that is being read are indented: not known yet, or it is one part. */
  let inner: number | 'unknown' | 'whole' = 'whole';
  for (let line = 0; line < text.length; line = nextLine(text, line)) {
    const indent = indentAt(text, line);
    if (isBlank(text, line + indent)) continue;
    const isKey = matchesAt(KEY, text, line + indent);
    if (indent === 0) {
      if (!isKey) return undefined;
      cuts.push({ at: cuts.length === 0 ? 0 : line, isNested: false });
      inner = matchesAt(BARE_KEY, text, line) ? 'unknown' : 'whole';
    } else if (cuts.length === 0) {
      return undefined;
    } else {
      if (inner === 'unknown') inner = isKey ? indent : 'whole';
      if (typeof inner === 'number' && indent < inner) return undefined;
      if (indent === inner && isKey) cuts.push({ at: line, isNested: true });
    }
  }
  return cuts.map(({ at, isNested }, index) => ({ text: text.slice(at, cuts[index + 1]?.at), start: at, isNested }));
}

/** Anchors, aliases and merge keys join what is far apart; a carriage return by itself ends no line in YAML. */
const TOGETHER = /(?<![^\s[{,])[&*](?![\s*/,"'\]}]|$)|<<|\r(?!\n)/;
/** A plain key of one line, such as every key of ours is. */
const KEY = /\w[\w.-]*:(?=[ \r\n]|$)/y;
const BARE_KEY = /\w[\w.-]*: *(?: #[^\n]*)?\r?(?:\n|$)/y;

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function indentAt(text: string, line: number): number {
  let at = line;
  while (text.charAt(at) === ' ') at++;
  return at - line;
}

/** Nothing, or a comment. */
const isBlank = (text: string, at: number): boolean => at >= text.length || /[#\r\n]/.test(text.charAt(at));
