import { parseResumeToken } from '../zfs/token';
import type { Invocation } from './runbook';

/** A dataset as a command names it; not `known` while a part of the name is a variable. */
export interface NamedDataset {
  readonly name: string;
  readonly known: boolean;
}

/** The dataset that a send reads, which a resume token names too; undefined where the command names none. */
export function sentDataset({ flags, operands: [operand] }: Invocation): NamedDataset | undefined {
  if (operand) return named(withoutSnapshot(operand.shown));
  const token = flags['token']?.at(-1)?.value;
  const read = token?.word.known ? parseResumeToken(token.shown) : undefined;
  return read?.ok ? { name: withoutSnapshot(read.value.toName), known: true } : undefined;
}

/** Where a receive puts its stream. With `-d` and `-e` that is below the operand, by the name that the stream carries. */
export function receivedDataset(receive: Invocation, send: Invocation | undefined): NamedDataset | undefined {
  const { flags } = receive;
  const [operand] = receive.operands;
  if (!operand) return undefined;
  const name = withoutSnapshot(operand.shown);
  if (!flags['discardPool'] && !flags['lastName']) return named(name);
  const sent = send && sentDataset(send);
  if (!sent?.known) return { name: `${name}/…`, known: false };
  const cut = flags['lastName'] ? sent.name.lastIndexOf('/') : sent.name.indexOf('/');
  return named(cut === -1 ? name : `${name}${sent.name.slice(cut)}`);
}

/** No name of zfs holds what a variable begins with. */
const named = (name: string): NamedDataset => ({ name, known: !/[$`]/.test(name) });

const withoutSnapshot = (name: string): string => name.replace(/[@#].*$/s, '');
