import type { Difference } from './compare';
import type { Scenario } from './scenario';

export function formatDifference({ name }: Scenario, { line, what, model, real }: Difference): string {
  return `differs: ${name}\n  ${line}\n  ${what}\n    model\n${indented(model)}\n    OpenZFS\n${indented(real)}\n`;
}

const indented = (text: string): string => text.replaceAll(/^/gm, '      ');

/** As scenarios are written in `test/contract/scenarios`. */
export const formatScenario = ({ name, from, lines }: Scenario): string =>
  [`= ${name} [${from}]`, ...lines, ''].join('\n');
