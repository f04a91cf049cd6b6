import { sliceOf } from '../shell/placed-text';
import type { PlacedText, Placement } from '../shell/placed-text';
import type { Extractor, RunbookSource } from './extractor';
import type { Dialect, Setting } from './runbook';
import { dialectOf } from './shell-arguments';

/** A shell script: one region, the whole text. */
export const shellExtractor: Extractor = {
  accepts: (source) => dialectFor(source) !== undefined,
  extract(document) {
    const pipefail = /^#!.*[ \t]-[a-z]*o[ \t]+pipefail\b/.test(document.text) ? 'on' : 'off';
    const dialect = dialectFor(document) ?? 'sh';
    return [
      { kind: 'shell', text: unixText(document.placement), dialect, pipefail, setting: settingOf(document), route: [] },
    ];
  },
};

/** What starts a script without a person, by the place where it is installed. */
function settingOf({ path }: RunbookSource): Setting {
  if (/(?:^|\/)(?:etc\/(?:rc\.d|init\.d|zfs\/zed\.d)\/|rc\.local$|(?:initramfs-tools|dracut)\/)/.test(path)) {
    return { medium: 'script', trigger: 'boot' };
  }
  if (/(?:^|\/)etc\/cron\.(?:hourly|daily|weekly|monthly)\//.test(path))
    return { medium: 'script', trigger: 'schedule' };
  return { medium: 'script' };
}

/** Without a byte order mark, and with the line ends of Unix: to a shell a carriage return is a letter. */
export function unixText(placement: Placement): PlacedText {
  const { text } = placement;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (!text.includes('\r\n')) return sliceOf(placement, start, text.length);
  return [...text.slice(start).matchAll(/[^\r]+|\r(?!\n)/g)].flatMap((line) =>
    sliceOf(placement, start + line.index, start + line.index + line[0].length),
  );
}

const LANGUAGES: ReadonlySet<string> = new Set(['shellscript', 'sh', 'bash', 'ksh', 'zsh']);

/** The shebang says best which shell it is; the extension alone does too. */
function dialectFor(source: RunbookSource): Dialect | undefined {
  const program = shebangProgram(source.text);
  const bySheBang = program === undefined ? undefined : dialectOf(program);
  const byPath = dialectOf(/\.([a-z]+)$/i.exec(source.path)?.[1]?.toLowerCase() ?? '');
  const byLanguage = source.languageId !== undefined && LANGUAGES.has(source.languageId);
  if (byLanguage) return bySheBang ?? byPath ?? dialectOf(source.languageId ?? '') ?? 'sh';
  // Another program's script is not shell text, whatever it is called.
  if (program !== undefined) return bySheBang;
  return byPath;
}

/** The shell of a text's shebang; `other` for that of another program, undefined without one. */
export function shebangDialect(text: string): Dialect | 'other' | undefined {
  const program = shebangProgram(text);
  return program === undefined ? undefined : (dialectOf(program) ?? 'other');
}

/** `bash` of `#!/bin/bash -e` and of `#!/usr/bin/env -S bash -e`. */
function shebangProgram(text: string): string | undefined {
  const line = /^\uFEFF?#![ \t]*(\S[^\r\n]*)/.exec(text)?.[1];
  const [path = '', ...rest] = line?.trim().split(/[ \t]+/) ?? [];
  if (line === undefined) return undefined;
  const name = baseName(path);
  // nix-shell says in a second line which shell it starts.
  if (name === 'env' && rest.includes('nix-shell')) return /^#![ \t]*nix-shell[ \t].*?-i[ \t]+(\w+)/m.exec(text)?.[1];
  return name === 'env' ? baseName(rest.find((word) => !word.startsWith('-') && !word.includes('=')) ?? '') : name;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
