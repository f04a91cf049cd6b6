import type { Connection, InitializeParams, InitializeResult, ServerCapabilities } from 'vscode-languageserver/node';
import { PositionEncodingKind, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { adHocPolicy } from './ad-hoc-policy';
import { readClientFacts } from './client-facts';
import { codeActions } from './code-action';
import { codeLenses } from './code-lens';
import { completions } from './completion';
import type { LspContext, ServerPorts } from './context';
import { pullDiagnostics } from './diagnostics';
import { definitions } from './definition';
import { documentHighlights } from './document-highlight';
import { documentLinks } from './document-links';
import { documentSymbols } from './document-symbols';
import type { Feature } from './feature';
import { foldingRanges } from './folding-ranges';
import { formatting } from './format';
import { hosts } from './hosts';
import { inlayHints } from './inlay-hints';
import { pipelinePolicy } from './pipeline-policy';
import { suppression } from './suppression';
import { hovers } from './hover';
import { createIncludedReader } from './included-texts';
import { inventory } from './inventory';
import { createInventoryCache } from './inventory-cache';
import { planChange } from './plan-change';
import { policies } from './policies';
import { createPolicyTexts } from './policy-texts';
import { pushDiagnostics } from './push-diagnostics';
import { references } from './references';
import { refreshing } from './refresh';
import { renames } from './rename';
import { selectionRanges } from './selection-ranges';
import { semanticTokens } from './semantic-tokens';
import { workspaceSymbols } from './workspace-symbols';

const FEATURES: readonly Feature[] = [
  pullDiagnostics,
  pushDiagnostics,
  refreshing,
  codeActions,
  hovers,
  completions,
  codeLenses,
  inlayHints,
  formatting,
  definitions,
  references,
  documentHighlights,
  renames,
  documentSymbols,
  workspaceSymbols,
  documentLinks,
  foldingRanges,
  selectionRanges,
  semanticTokens,
  pipelinePolicy,
  suppression,
  policies,
  hosts,
  inventory,
  adHocPolicy,
  planChange,
];

/**
 * Serves one client. The server reads hosts and writes to none: every change is a plan that a `rawsend run`
 * executes. It keeps open texts, policy files and the inventories that were read, and nothing derived of them.
 */
export function startServer(connection: Connection, ports: ServerPorts): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize((params) => initialize(connection, documents, { params, ports }));
  documents.listen(connection);
  connection.listen();
}

function initialize(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  { params, ports }: { readonly params: InitializeParams; readonly ports: ServerPorts },
): InitializeResult {
  const client = readClientFacts(params);
  const folders = { current: client.folders };
  const context: LspContext = {
    connection,
    documents,
    client,
    policies: createPolicyTexts({
      documents,
      folders,
      included: createIncludedReader({ documents, client, folders: () => folders.current }),
    }),
    inventories: createInventoryCache(),
    ports,
  };
  const capabilities: ServerCapabilities = {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  };
  for (const feature of FEATURES) Object.assign(capabilities, feature(context));
  return { capabilities, serverInfo: { name: 'rawsend' } };
}
