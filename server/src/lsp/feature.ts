import type { ServerCapabilities } from 'vscode-languageserver/node';
import type { LspContext } from './context';

/** Registers the handlers of one feature and returns what it adds to the server's capabilities. */
export type Feature = (context: LspContext) => ServerCapabilities;
