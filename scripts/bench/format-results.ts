import os from 'node:os';
import type { BenchResult, Target } from './result';

/** What the figures were taken on; they mean little without it. */
export function machineFacts(): Readonly<Record<string, string>> {
  return {
    cpu: `${os.availableParallelism()} cores, ${os.cpus()[0]?.model.trim() ?? 'unknown'}`,
    system: `${os.type()} ${os.release()} ${os.arch()}, load ${os.loadavg()[0]?.toFixed(2)}`,
    node: process.version,
  };
}

export const formatJson = (results: readonly BenchResult[], machine: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ schema: 1, machine, results }, undefined, 2)}\n`;

/** A table, then what each of its lines includes. */
export function formatText(results: readonly BenchResult[], machine: Readonly<Record<string, string>>): string {
  const rows = [
    ['', 'Rawsend', 'peer', 'ratio', 'target', ''],
    ...results.map(({ name, ours, peer, unit, ratio, target }) => [
      name,
      `${formatFigure(ours)} ${unit}`,
      `${formatFigure(peer)} ${unit}`,
      `${formatFigure(ratio)} x`,
      target ? formatTarget(target, unit) : '',
      target ? (target.met ? 'met' : 'MISSED') : '',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  const table = rows.map((row) => row.map(pad).join('  ').trimEnd());
  const notes = new Map<string, readonly string[]>();
  for (const { name, includes, peerName } of results) {
    const note = `${includes}; peer: ${peerName}`;
    notes.set(note, [...(notes.get(note) ?? []), name]);
  }
  const facts = Object.entries(machine).map(([fact, value]) => `${fact}: ${value}`);
  const explained = [...notes].map(([note, names]) => `${names.join(', ')}: ${note}`);
  return `${[...facts, '', ...table, '', ...explained].join('\n')}\n`;
}

const formatTarget = ({ of, limit }: Target, unit: string): string =>
  of === 'ratio' ? `>= ${limit} x` : `< ${limit} ${unit}`;

const formatFigure = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
