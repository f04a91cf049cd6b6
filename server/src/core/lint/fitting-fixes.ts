import type { Runbook } from '../runbook/runbook';
import type { Span } from '../text/span';
import type { Fix } from './finding';

/** Without the fixes that would write into the document's own syntax, e.g. between the items of a list of arguments. */
export function fittingFixes(fixes: readonly Fix[], { rigid }: Runbook): readonly Fix[] {
  if (rigid.length === 0) return fixes;
  return fixes.filter(({ edits }) => !edits.some((edit) => touchesRigid(rigid, edit.span)));
}

/** Also where they only meet. The places are in order and apart. */
function touchesRigid(rigid: readonly Span[], edit: Span): boolean {
  let [low, high] = [0, rigid.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const place = rigid[middle];
    if (!place) return false;
    if (place.start <= edit.end && edit.start <= place.end) return true;
    if (place.start > edit.end) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}
