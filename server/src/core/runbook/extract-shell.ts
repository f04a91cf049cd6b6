import { verbatim } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Extractor, RunbookSource } from './extractor';
import type { Dialect } from './runbook';
import { dialectOf } from './shell-arguments';

/** A shell script: one region, the whole text. */
export const shellExtractor: Extractor = {
  accepts: (source) => dialectFor(source) !== undefined,
  extract(source) {
    const pipefail = /^#!.*[ \t]-[a-z]*o[ \t]+pipefail\b/.test(source.text) ? 'on' : 'off';
    return [{ text: shellText(source.text), dialect: dialectFor(source) ?? 'sh', pipefail }];
  },
};

/** Without a byte order mark, and with the line ends of Unix: to a shell a carriage return is a letter. */
function shellText(text: string): PlacedText {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (!text.includes('\r\n')) return [verbatim(text.slice(start), start)];
  return [...text.slice(start).matchAll(/[^\r]+|\r(?!\n)/g)].map((line) => verbatim(line[0], start + line.index));
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

/** `bash` of `#!/bin/bash -e` and of `#!/usr/bin/env -S bash -e`. */
function shebangProgram(text: string): string | undefined {
  const line = /^\uFEFF?#![ \t]*(\S[^\r\n]*)/.exec(text)?.[1];
  const [path = '', ...rest] = line?.trim().split(/[ \t]+/) ?? [];
  if (line === undefined) return undefined;
  const name = baseName(path);
  return name === 'env' ? baseName(rest.find((word) => !word.startsWith('-') && !word.includes('=')) ?? '') : name;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
