import { contains } from '../text/span';
import type { LintedPolicy } from './define-rule';
import type { Fix } from './finding';

/** What an included file brings has the place of its item, and no edit there would change it. */
export const ownFixes = (fixes: readonly Fix[], { inclusions }: LintedPolicy): readonly Fix[] =>
  fixes.filter(({ edits }) =>
    edits.every(({ span: edit }) => !inclusions.some(({ span: item }) => contains(item, edit.start))),
  );
