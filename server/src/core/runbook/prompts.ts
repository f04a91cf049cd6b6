/** What stands before a command in a console transcript. */
export interface Prompt {
  /** Up to the command. */
  readonly length: number;
  /** The prompt as written, for comparison. */
  readonly text: string;
  /** Absent where the prompt names no host. */
  readonly host?: string;
  /**
   * `sure` is nothing but a prompt, `hash` may be a comment as well, and `likely` may be output: for the last two the rest of
   * the line decides.
   */
  readonly kind: 'sure' | 'hash' | 'likely';
}

interface Shape {
  readonly kind: Prompt['kind'];
  /** Group 1, where there is one, is the host. */
  readonly shape: RegExp;
}

const ENVIRONMENT = String.raw`^\s{0,8}(?:\([\w.+-]{1,40}\) ?)?`;
const USER = String.raw`[A-Za-z_][\w.-]{0,40}`;
const HOST = String.raw`([A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,62})*)`;
const AFTER = String.raw`(?:[ \t]+|$|(?=[a-z./]))`;

const shape = (kind: Prompt['kind'], source: string): Shape => ({ kind, shape: new RegExp(ENVIRONMENT + source) });

const SHAPES: readonly Shape[] = [
  // [root@host ~]# and root@host[~]$
  shape('sure', String.raw`\[${USER}@${HOST}(?:[ :][^\]]{0,80})?\] ?[$#%>]${AFTER}`),
  shape('sure', String.raw`${USER}@${HOST}\[[^\]]{0,80}\] ?[$#%>]${AFTER}`),
  // root@host:~#, root@host:~ #, me@host ~ %, root@host#
  shape('sure', String.raw`${USER}@${HOST}(?::[^\s$#%>]{0,120} ?| (?:[~/][^\s$#%>]{0,120} ?))?[$#%]${AFTER}`),
  shape('sure', String.raw`${USER}@${HOST}:[^\s$#%>]{0,120}>${AFTER}`),
  // ~ $, /root #, [~]#
  shape('sure', String.raw`\[?(?:~|/)[^\s$#%>\]]{0,120}\]? ?[$#%](?:[ \t]+|$)`),
  // $, %, ❯; $zfs without a blank is a variable
  shape('sure', String.raw`[$❯»](?:[ \t]+|$)`),
  shape('likely', String.raw`➜[ \t]+\S{1,80}[ \t]+`),
  shape('likely', String.raw`%(?:[ \t]+|$)`),
  shape('hash', String.raw`#(?:[ \t]+|$)`),
  // bash-5.1$, sh-4.4#, root #, user $
  shape('likely', String.raw`(?:(?:ba|k|z|tc|c|da)?sh(?:-[\d.]+)?|root|user) ?[$#%](?:[ \t]*|$)`),
  // host#, host:~#, pool>
  shape('likely', String.raw`${HOST}(?::[^\s$#%>]{0,120} ?)?[$#%](?:[ \t]+|$)`),
  shape('likely', String.raw`[A-Za-z][\w.:~/-]{0,40}>[ \t]+`),
];

export function readPrompt(line: string): Prompt | undefined {
  for (const { kind, shape: form } of SHAPES) {
    const match = form.exec(line);
    if (!match) continue;
    const [text, host] = match;
    return { length: text.length, text: text.trim(), kind, ...(host !== undefined && { host }) };
  }
  return undefined;
}

/** What an interactive shell prints before each further line of a command. */
export const continuationLength = (line: string): number =>
  /^\s{0,8}(?:(?:(?:[a-z]+ )*[a-z]*>|_|\?)(?:[ \t]|$)|\.\.\.[ \t])/.exec(line)?.[0].length ?? 0;
