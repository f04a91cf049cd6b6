import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver/node';

/** What the client said about itself when it connected. */
export interface ClientFacts {
  readonly diagnostics: 'pull' | 'push';
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly watchesFiles: boolean;
  readonly tellsFolderChanges: boolean;
  readonly readsVersionedEdits: boolean;
  /** It can show a change before it is made, and why. */
  readonly confirmsEdits: boolean;
  /** It shows symbols within symbols. */
  readonly nestsSymbols: boolean;
  readonly showsRelatedPlaces: boolean;
  /** `unsaid` for an editor without workspace trust: it may run commands, but nothing connects from here. */
  readonly trust: 'trusted' | 'untrusted' | 'unsaid';
  /** It has the commands of the VS Code extension; any other client is given edits in their place. */
  readonly hasCommands: boolean;
  /** It can be asked to make a file. */
  readonly createsFiles: boolean;
  /** In place of ~/.ssh/config. */
  readonly sshConfig?: string;
  /** URIs of the workspace folders. */
  readonly folders: readonly string[];
}

export function readClientFacts(params: InitializeParams): ClientFacts {
  const { workspace, textDocument }: ClientCapabilities = params.capabilities;
  return {
    diagnostics: textDocument?.diagnostic === undefined ? 'push' : 'pull',
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolderChanges: workspace?.workspaceFolders === true,
    readsVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    confirmsEdits:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    nestsSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    showsRelatedPlaces:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    ...readOptions(params.initializationOptions),
    folders: readFolders(params),
  };
}

/** Anything may stand here: other editors have options of their own. */
function readOptions(options: unknown): Pick<ClientFacts, 'trust' | 'hasCommands' | 'sshConfig'> {
  if (typeof options !== 'object' || options === null) return { trust: 'unsaid', hasCommands: false };
  const said: { trusted?: unknown; hasCommands?: unknown; sshConfig?: unknown } = options;
  const trust = said.trusted === undefined ? 'unsaid' : said.trusted === true ? 'trusted' : 'untrusted';
  const facts = { trust, hasCommands: said.hasCommands === true } as const;
  return typeof said.sshConfig === 'string' && said.sshConfig !== '' ? { ...facts, sshConfig: said.sshConfig } : facts;
}

function readFolders(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map((folder) => folder.uri);
  return params.rootUri ? [params.rootUri] : [];
}
