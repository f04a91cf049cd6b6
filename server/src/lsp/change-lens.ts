import type { CodeLens } from 'vscode-languageserver/node';
import { describeChange, summariseChange } from '../core/change/compare-policies';
import { matchPolicies } from '../core/change/match-policies';
import { parsePolicy } from '../core/policy/parse-policy';
import { policyPlaces } from '../core/policy/policy-places';
import type { Inventory } from '../core/zfs/inventory';
import type { Subject } from './answer';
import type { LspContext } from './context';
import type { WholePolicy } from './policy-texts';
import { toLens } from './to-proto';

/**
 * A lens over each policy that does something else than the saved file says, and none while the file has errors. Texts are
 * compared first, then values; only what differs is planned, and nothing is looked ahead.
 */
export function changeLenses(
  { inventories }: LspContext,
  { open, document, included }: Subject,
  saved: WholePolicy | undefined,
): CodeLens[] {
  if (saved === undefined || saved.text === document.text) return [];
  const before = parsePolicy(saved.text, saved.included).file;
  const after = parsePolicy(document.text, included).file;
  if (before === undefined || after === undefined) return [];
  const changed = matchPolicies(before, after).filter((match) => match.kind !== 'unchanged' && match.after);
  if (changed.length === 0) return [];
  const facts = {
    inventories: fewEnough(inventories.of(open.uri, ...included.uris.values())),
    now: new Date().toISOString(),
  };
  const spans = new Map(policyPlaces(document.text).map(({ name, span }) => [name, span]));
  return changed.flatMap((match) => {
    const { entry = '' } = match.after?.policy ?? {};
    const span = spans.get(entry);
    if (span === undefined) return [];
    const change = describeChange(match, facts);
    const whose = change.name === entry ? '' : ` ${change.name}`;
    const title = `${TITLES[change.kind]}${whose}: ${summariseChange(change)}`;
    return toLens(open, span, { title, command: 'rawsend.showPlanChange', arguments: [open.uri, change.name] });
  });
}

/** Planning more than this twice could be felt while somebody types; the command plans them, and the lens a sample. */
const MOST_DATASETS = 500;

const fewEnough = (inventories: readonly Inventory[]): readonly Inventory[] =>
  inventories.reduce((count, { datasets }) => count + datasets.length, 0) > MOST_DATASETS ? [] : inventories;

const TITLES = {
  changed: 'Edit changes the plan',
  renamed: 'Edit renames the policy',
  added: 'Edit adds the policy',
  removed: 'Edit removes the policy',
  unchanged: 'Edit changes nothing',
} as const;
