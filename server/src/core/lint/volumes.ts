import type { DatasetUse } from '../runbook/dataset-use';
import { datasetOf } from '../runbook/dataset-use';
import { datasetKey } from '../runbook/runbook';
import type { Runbook } from '../runbook/runbook';
import type { LintContext } from './document';

/** Says which datasets are volumes, which have no mountpoint: made so in the document, by an inventory, or named as Proxmox names them. */
export function volumeTest({ invocations }: Runbook, context: LintContext): (use: DatasetUse | undefined) => boolean {
  const made = new Set<string>();
  for (const invocation of invocations) {
    const operand = invocation.command?.subcommand === 'create' ? invocation.operands.at(-1) : undefined;
    if (!operand || !invocation.flags['volume']) continue;
    const { route, key } = datasetOf(operand, invocation);
    made.add(datasetKey(route, key));
  }
  const listed = new Set(
    (context.inventories ?? []).flatMap(({ datasets }) =>
      datasets.filter(({ kind }) => kind === 'volume').map(({ name }) => name),
    ),
  );
  return (use) => {
    if (!use) return false;
    if (made.has(datasetKey(use.route, use.key)) || /(?:^|\/)(?:vm|base)-\d+-disk-\d+$/.test(use.name)) return true;
    return use.known !== undefined && listed.has(use.known);
  };
}
