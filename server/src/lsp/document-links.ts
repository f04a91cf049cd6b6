import type { DocumentLink } from 'vscode-languageserver/node';
import { aliasPlaces } from '../core/policy/policy-links';
import { answer } from './answer';
import type { Feature } from './feature';
import { toRange } from './to-proto';

/** From an alias to the ssh configuration that has it. */
export const documentLinks: Feature = (context) => {
  context.connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    answer<DocumentLink[] | null>(
      context,
      { feature: 'document link', uri, token, otherwise: null },
      ({ open, document, kind }) => {
        if (kind !== 'policy') return null;
        const { aliases, file } = context.ports.sshAliases(context.client.sshConfig);
        if (file === undefined) return [];
        return aliasPlaces(document.text, aliases).map((span) => ({
          range: toRange(open, span),
          target: file,
          tooltip: 'Open the ssh configuration of this machine',
        }));
      },
    ),
  );
  return { documentLinkProvider: { resolveProvider: false } };
};
