import { isRoot } from '../keys';
import { pick } from '../omit';
import { isAllowed, propertyPermission } from '../permissions';
import type { CommandProperties } from './command-properties';
import type { Session } from './session';

/**
 * What the user may set: every other property is told of, and left alone; the receive goes on and ends with 0 (facts of 2.3.2,
 * section n). They are tried in the order of the command line, refquota when the data has arrived.
 */
export function permitted(session: Session, name: string, properties: CommandProperties): CommandProperties {
  const refused = new Set<string>();
  const may = (property: string): boolean => {
    if (property === 'keylocation' || isAllowed(session.state, session.user, name, propertyPermission(property)))
      return true;
    refused.add(property);
    return false;
  };
  const { received } = properties;
  const kept: CommandProperties = {
    ...properties,
    received: received && pick(received, may),
    set: pick(properties.set, may),
    inherited: properties.inherited.filter(may),
  };
  const inOrder = [...refused].toSorted((a, b) => Number(isLate(a)) - Number(isLate(b)));
  session.late.push(...inOrder.map((property) => `cannot receive ${property} property on ${name}: permission denied`));
  const dataset = session.state.datasets.get(name);
  if (dataset?.crypto && !isRoot(dataset) && 'keylocation' in kept.set)
    session.late.push(
      `cannot receive keylocation property on ${name}: keylocation may only be set on encryption roots`,
    );
  return kept;
}

const isLate = (property: string): boolean => property === 'refquota';
