import { dirname } from 'node:path';
import type { TextDocument } from 'vscode';
import { Uri, window, workspace } from 'vscode';
import type { PoliciesResult, PolicyItem } from '../../server/src/protocol';
import { PoliciesRequest } from '../../server/src/protocol';
import type { Server } from './features/language-client';

/** One policy, and the text of its file as the person sees it: edits that are not saved count. */
export interface PolicySource {
  readonly policy: string;
  readonly text: string;
  /** Where the program is started; absent for a text without a folder. */
  readonly folder?: string;
  /** The policy file; absent for a policy that was made for one send. */
  readonly uri?: string;
  readonly unsaved: boolean;
}

/**
 * The policy that a command is about. A lens names file and policy, an editor's menu only the file, the command
 * palette nothing: what is missing is asked, and undefined means that the person did not choose.
 */
export async function choosePolicy(server: Server, first: unknown, second: unknown): Promise<PolicySource | undefined> {
  const uri = first instanceof Uri ? first.toString() : typeof first === 'string' ? first : undefined;
  if (uri !== undefined && typeof second === 'string') return readSource(uri, second);
  const { policies } = await server.request<PoliciesResult>(PoliciesRequest);
  const chosen = await pickPolicy(preferred(policies, uri ?? activePolicyFile()));
  return chosen && readSource(chosen.uri, chosen.name);
}

export async function readSource(uri: string, policy: string): Promise<PolicySource> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const folder = folderOf(document);
  return {
    policy,
    uri,
    text: document.getText(),
    unsaved: document.isDirty,
    ...(folder === undefined ? {} : { folder }),
  };
}

function folderOf({ uri }: TextDocument): string | undefined {
  if (uri.scheme === 'file') return dirname(uri.fsPath);
  return workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri.fsPath;
}

/** The policies of the file in front, where it has some. */
function preferred(policies: readonly PolicyItem[], uri: string | undefined): readonly PolicyItem[] {
  const here = policies.filter(
    (policy) => uri !== undefined && Uri.parse(policy.uri).toString() === Uri.parse(uri).toString(),
  );
  return here.length > 0 ? here : policies;
}

const activePolicyFile = (): string | undefined => window.activeTextEditor?.document.uri.toString();

async function pickPolicy(policies: readonly PolicyItem[]): Promise<PolicyItem | undefined> {
  const [only, ...others] = policies;
  if (only === undefined) {
    void window.showInformationMessage('Rawsend: no policy file in this workspace declares a policy');
    return undefined;
  }
  if (others.length === 0) return only;
  const items = policies.map((item) => ({
    label: item.name,
    description: workspace.asRelativePath(Uri.parse(item.uri)),
    item,
  }));
  return (await window.showQuickPick(items, { title: 'Rawsend: choose a policy', matchOnDescription: true }))?.item;
}
