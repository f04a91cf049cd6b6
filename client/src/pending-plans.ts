import type { ExtensionContext, Uri } from 'vscode';
import { EventEmitter, commands } from 'vscode';
import type { PlanReport } from './plan-report';
import type { PolicySource } from './policy-source';

/** A plan on the screen that waits for its reader. */
export interface PendingPlan {
  /** The document that shows it. */
  readonly uri: Uri;
  readonly source: PolicySource;
  readonly plan: PlanReport;
}

/** The plans that can still be approved, by the document that shows them. */
export interface PendingPlans {
  readonly put: (pending: PendingPlan) => void;
  readonly get: (uri: Uri) => PendingPlan | undefined;
  readonly forget: (uri: Uri) => void;
  readonly onDidChange: EventEmitter<void>['event'];
}

export function createPendingPlans(context: ExtensionContext): PendingPlans {
  const plans = new Map<string, PendingPlan>();
  const changed = new EventEmitter<void>();
  context.subscriptions.push(changed);
  const tell = (): void => {
    // For the button in the title of the editor.
    void commands.executeCommand('setContext', 'rawsend.pendingPlans', [...plans.keys()]);
    changed.fire();
  };
  return {
    onDidChange: changed.event,
    get: (uri) => plans.get(uri.toString()),
    put(pending) {
      plans.set(pending.uri.toString(), pending);
      tell();
    },
    forget(uri) {
      if (plans.delete(uri.toString())) tell();
    },
  };
}
