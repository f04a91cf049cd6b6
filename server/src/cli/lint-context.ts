import path from 'node:path';
import { documentKind } from '../core/lint/document-kind';
import type { LintContext, Profile } from '../core/lint/document';
import { parsePolicy } from '../core/policy/parse-policy';
import type { PolicyFile } from '../core/policy/policy';
import type { Inventory } from '../core/zfs/inventory';
import { usageFailure, worldFailure } from './failure';
import { findPolicyFile } from './repository';
import { readTextFile } from './text-file';

/**
 * The policies that decide what is known about a linted file: those of the nearest `rawsend.yaml` and those
 * given as arguments, except the file itself. A policy file with errors contributes nothing.
 */
export function createContexts(
  files: readonly string[],
  rest: { readonly profile: Profile; readonly inventories: readonly Inventory[] },
): (file: string) => Promise<LintContext> {
  const policies = files.filter((file) => documentKind({ path: file, text: '' }) === 'policy');
  const parsed = new Map<string, Promise<PolicyFile | undefined>>();
  const parse = (file: string): Promise<PolicyFile | undefined> => {
    const known = parsed.get(file) ?? parsePolicyFile(file);
    parsed.set(file, known);
    return known;
  };
  return async (file) => {
    const nearest = findPolicyFile(path.dirname(file));
    const sources = new Set([...(nearest === undefined ? [] : [nearest]), ...policies]);
    sources.delete(file);
    const found = await Promise.all([...sources].map(parse));
    return { ...rest, policies: found.filter((policy) => policy !== undefined) };
  };
}

async function parsePolicyFile(file: string): Promise<PolicyFile | undefined> {
  const read = await readTextFile(file);
  return read.ok ? parsePolicy(read.value.text).file : undefined;
}

/** Reads what `rawsend inventory HOST --format json` printed. Throws a Failure when it is something else. */
export async function readInventoryFile(file: string): Promise<Inventory> {
  const read = await readTextFile(file);
  if (!read.ok) throw (read.error.wrongUse ? usageFailure : worldFailure)(`${file} ${read.error.reason}`);
  const hint = "Make one with 'rawsend inventory HOST --format json'";
  let value: unknown;
  try {
    value = JSON.parse(read.value.text);
  } catch {
    throw usageFailure(`${file} is not JSON`, hint);
  }
  if (!isInventory(value))
    throw usageFailure(`${file} is not an inventory that this version of rawsend understands`, hint);
  return value;
}

/** The outline only: the file was written by this program. */
function isInventory(value: unknown): value is Inventory {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, host, datasets, pools }: Partial<Record<keyof Inventory, unknown>> = value;
  return schema === 1 && typeof host === 'string' && Array.isArray(datasets) && Array.isArray(pools);
}
