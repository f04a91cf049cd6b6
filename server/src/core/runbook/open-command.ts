/** How far a command that is typed over several lines has come. */
export interface CommandState {
  readonly quote: '' | "'" | '"';
  /** Of here-documents whose body is still to come. */
  readonly delimiters: readonly string[];
  /** Groups and compound commands that are open. */
  readonly depth: number;
  /** The line ends in a backslash or an operator. */
  readonly continued: boolean;
}

export const NEW_COMMAND: CommandState = { quote: '', delimiters: [], depth: 0, continued: false };

/** A shell would ask for another line. */
export const isOpen = ({ quote, delimiters, depth, continued }: CommandState): boolean =>
  quote !== '' || delimiters.length > 0 || depth > 0 || continued;

const TOKEN = /\\[^]?|'|"|<<<|<<-?\s*(?:'[^']+'|"[^"]+"|\\?[\w.-]+)|[(){}]|[;&|]+|(?:^|(?<=\s))#|[A-Za-z_]+|\s+|[^]/g;

const OPENERS: ReadonlySet<string> = new Set(['for', 'while', 'until', 'if', 'case', 'select', '{']);
const CLOSERS: ReadonlySet<string> = new Set(['done', 'fi', 'esac', '}']);
/** After these stands a command. */
const BEFORE_COMMAND = /^(?:[;&|]+|\(|\{|do|then|else)$/;

/** The state after one more line. */
export function readCommandLine(state: CommandState, line: string): CommandState {
  if (state.quote === '' && state.delimiters.length > 0) {
    const ends = line.trim() === state.delimiters[0];
    return { ...state, delimiters: ends ? state.delimiters.slice(1) : state.delimiters };
  }
  let { quote, depth } = state;
  const delimiters = [...state.delimiters];
  let isFirst = true;
  let last = '';
  for (const [token] of line.matchAll(TOKEN)) {
    if (quote !== '') {
      // Within single quotes a backslash is a letter.
      if (token === quote || (quote === "'" && token === "\\'")) quote = '';
      continue;
    }
    if (token.trim() === '') continue;
    if (token === '#') break;
    last = token;
    if (token === "'" || token === '"') quote = token;
    else if (token.startsWith('<<') && token !== '<<<') delimiters.push(delimiterOf(token));
    else if (token === '(' || (isFirst && OPENERS.has(token))) depth += 1;
    else if (token === ')' || (isFirst && CLOSERS.has(token))) depth = Math.max(0, depth - 1);
    isFirst = BEFORE_COMMAND.test(token);
  }
  const continued = quote === '' && /^(?:\\|\|\|?|&&)$/.test(last.trim());
  return { quote, delimiters, depth, continued };
}

const delimiterOf = (token: string): string => token.replace(/^<<-?\s*/, '').replaceAll(/['"\\]/g, '');
