import type { ExtensionContext } from 'vscode';
import { Uri, workspace } from 'vscode';

const SCHEME = 'rawsend-rule';

/**
 * The pages of the rules under a scheme of their own, so that `package.json` can say that a link to one opens the
 * preview: of a file on the disk it would open the source.
 */
export function registerRulePages(context: ExtensionContext): void {
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(SCHEME, {
      async provideTextDocumentContent({ path }) {
        const page = Uri.joinPath(context.extensionUri, 'docs', 'rules', baseName(path));
        return new TextDecoder().decode(await workspace.fs.readFile(page));
      },
    }),
  );
}

/** The page that a link of the server means; undefined for a link to anything else. */
export const toRulePage = ({ scheme, path }: Uri): Uri | undefined =>
  scheme === 'file' && /\/docs\/rules\/[\w-]+\.md$/.test(path)
    ? Uri.from({ scheme: SCHEME, path: `/${baseName(path)}` })
    : undefined;

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
