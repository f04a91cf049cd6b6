import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The archives that the guest is built from. */
export interface Mirrors {
  readonly archive: string;
  readonly security?: string;
}

interface AptSource {
  readonly uri: string;
  readonly suite: string;
}

/** Overrides what /etc/apt says, for machines that are no Debian. */
export const MIRROR_VARIABLE = 'RAWSEND_ZFS_LAB_MIRROR';

const DEBIAN_SUITE = /^(?:bullseye|bookworm|trixie|forky|sid|oldstable|stable|testing|unstable)$/;
const DEBIAN_SECURITY_SUITE = /^(?:bullseye|bookworm|trixie|forky|oldstable|stable|testing)-security$/;

/** The Debian mirror that this machine itself uses, or undefined where it has none. */
export function readMirrors(aptDirectory = '/etc/apt'): Mirrors | undefined {
  const chosen = process.env[MIRROR_VARIABLE];
  if (chosen !== undefined && chosen !== '') return { archive: trimSlash(chosen) };
  const sources = readSourceFiles(aptDirectory).flatMap(({ name, text }) =>
    name.endsWith('.sources') ? parseDeb822(text) : parseOneLine(text),
  );
  const archive = sources.find(({ suite }) => DEBIAN_SUITE.test(suite))?.uri;
  const security = sources.find(({ suite }) => DEBIAN_SECURITY_SUITE.test(suite))?.uri;
  if (archive === undefined) return undefined;
  return security === undefined ? { archive } : { archive, security };
}

function readSourceFiles(aptDirectory: string): { name: string; text: string }[] {
  const parts = join(aptDirectory, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).filter((name) => /\.(?:sources|list)$/.test(name)) : [];
  return [join(aptDirectory, 'sources.list'), ...names.toSorted().map((name) => join(parts, name))]
    .filter((name) => existsSync(name))
    .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

function parseDeb822(text: string): AptSource[] {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const field = (name: string): string[] =>
        new RegExp(`^${name}:((?:.*)(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
      if (field('Enabled')[0] === 'no' || !field('Types').includes('deb')) return [];
      return crossed(field('URIs'), field('Suites'));
    });
}

function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line);
    return match?.[1] === undefined || match[2] === undefined ? [] : crossed([match[1]], [match[2]]);
  });
}

/** debootstrap reads plain http and https mirrors only. */
function crossed(uris: readonly string[], suites: readonly string[]): AptSource[] {
  return uris
    .filter((uri) => /^https?:/.test(uri))
    .flatMap((uri) => suites.map((suite) => ({ uri: trimSlash(uri), suite })));
}

const trimSlash = (uri: string): string => uri.replace(/\/+$/, '');
