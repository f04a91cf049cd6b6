import type { Severity } from '../core/lint/finding';
import type { Io, Output } from './io';

/** Paints text for a terminal, or leaves it as it is. */
export interface Style {
  readonly severity: (severity: Severity, text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Colour only on a terminal that can show it, and never when NO_COLOR is set to anything (no-color.org). */
export const styleFor = (output: Output, env: Io['env']): Style =>
  output.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb' ? createStyle('colour') : PLAIN_STYLE;

function createStyle(kind: 'colour' | 'plain'): Style {
  const paint =
    (code: string) =>
    (text: string): string =>
      kind === 'colour' ? `\u001B[${code}m${text}\u001B[0m` : text;
  const bySeverity: Readonly<Record<Severity, (text: string) => string>> = {
    error: paint('1;31'),
    warning: paint('1;33'),
    information: paint('1;36'),
  };
  return {
    severity: (severity, text) => bySeverity[severity](text),
    good: paint('32'),
    bad: paint('31'),
    strong: paint('1'),
    faint: paint('2'),
  };
}

export const PLAIN_STYLE: Style = createStyle('plain');

/** Controls and the marks that reorder text. A tab stays, for it aligns the caret line under a source line. */
const STEERING = /(?!\t)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Makes controls visible, so that text out of files and hosts cannot steer the reader's terminal. */
export const harmless = (text: string): string =>
  text.replaceAll(STEERING, (control) => `\\u{${control.charCodeAt(0).toString(16)}}`);

/** The same for a text of several lines. */
export const harmlessLines = (text: string): string => text.split('\n').map(harmless).join('\n');
