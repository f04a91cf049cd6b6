/** What ssh_config(5) calls TOKENS, as far as they matter to the directives that Rawsend reads. */
export interface TokenValues {
  readonly home: string;
  readonly localUser: string;
  readonly alias: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const TOKENS: Readonly<Record<string, (values: TokenValues) => string>> = {
  '%': () => '%',
  d: (values) => values.home,
  h: (values) => values.hostName,
  k: (values) => values.alias,
  n: (values) => values.alias,
  p: (values) => String(values.port),
  r: (values) => values.user,
  u: (values) => values.localUser,
};

/** Expands `~`, `%d` and its like, and `${NAME}`; a token that is not known stays as it is. */
export function expandTokens(text: string, values: TokenValues): string {
  return text
    .replace(/^~(?=\/|$)/, () => values.home)
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => values.environment[name] ?? whole)
    .replace(/%(.)/g, (whole, token: string) => TOKENS[token]?.(values) ?? whole);
}
