import { derived, sliceOf } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import type { Extractor, PlacedDocument, Region, ShellRegion } from './extractor';
import { quotedWord } from './quoted-words';
import type { Dialect } from './runbook';
import { dialectOf } from './shell-arguments';

/** crontab(5): variables, then a time, in system crontabs a user, and a line for the shell. */
export const crontabExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'crontab' || NAME.test(path) || SYSTEM.test(path),
  extract(document) {
    const regions: Region[] = [];
    let dialect: Dialect = 'sh';
    for (const line of document.text.matchAll(/[^\r\n]+/g)) {
      const region = readLine(document, line.index, line[0]);
      if (!region) continue;
      const shell = /^\s*SHELL\s*=\s*["']?\S*?([a-z]+)["']?\s*$/.exec(line[0])?.[1];
      dialect = (shell === undefined ? undefined : dialectOf(shell)) ?? dialect;
      regions.push({ kind: 'shell', pipefail: 'off', route: [], session: 'crontab', ...region, dialect });
    }
    return regions;
  },
};

const NAME = /(?:^|[/\\.])(?:crontab|cron)$|(?:^|[/\\])crontab\.[\w-]+$/;

/** Where each line names a user. */
const SYSTEM = /(?:^|[/\\])(?:etc[/\\](?:cron\.d[/\\][\w.-]+|crontab)|cron\.d[/\\][\w.-]+)$/;

type Line = Pick<ShellRegion, 'text' | 'setting'>;

function readLine(document: PlacedDocument, start: number, line: string): Line | undefined {
  if (/^\s*(?:#|$)/.test(line)) return undefined;
  const assignment = /^(\s*)([A-Za-z_]\w*)(\s*=\s*)(.*?)\s*$/.exec(line);
  if (assignment) return readAssignment(document, start, assignment);
  const user = SYSTEM.test(document.path) ? String.raw`\S+\s+` : '';
  const time = new RegExp(String.raw`^\s*-?(@\w+\s+|(?:[\w*/,~?-]+\s+){5})${user}`).exec(line);
  if (!time) return undefined;
  const trigger = time[1]?.startsWith('@reboot') === true ? 'boot' : 'schedule';
  return {
    text: readCommand(document, start + time[0].length, start + line.length),
    setting: { medium: 'crontab', trigger },
  };
}

/** cron expands nothing in a value and takes one pair of quotes away. */
function readAssignment({ placement }: PlacedDocument, start: number, match: RegExpExecArray): Line {
  const [, blank = '', name = '', equals = '', written = ''] = match;
  const quoted = /^(["']).*\1$/.test(written) ? 1 : 0;
  const from = start + blank.length + name.length + equals.length;
  const value = sliceOf(placement, from + quoted, from + written.length - quoted);
  const nameEnd = start + blank.length + name.length;
  const at = { start: from, end: from };
  const equal = derived('=', value[0]?.span ?? at);
  return {
    text: [...sliceOf(placement, start + blank.length, nameEnd), equal, ...(value.length > 0 ? quotedWord(value) : [])],
    setting: { medium: 'crontab' },
  };
}

/** `\%` is a percent sign; a bare one ends the command, and what follows is its standard input. */
function readCommand({ placement, text }: PlacedDocument, from: number, to: number): PlacedText {
  const result: Run[] = [];
  let plain = from;
  for (const match of text.slice(from, to).matchAll(/\\?%/g)) {
    const at = from + match.index;
    result.push(...sliceOf(placement, plain, at));
    if (match[0] === '%') return result;
    result.push(...sliceOf(placement, at + 1, at + 2));
    plain = at + 2;
  }
  return [...result, ...sliceOf(placement, plain, to)];
}
