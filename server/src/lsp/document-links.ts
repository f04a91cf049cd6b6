import type { DocumentLink } from 'vscode-languageserver/node';
import { aliasPlaces } from '../core/policy/policy-links';
import type { Subject } from './answer';
import { answer } from './answer';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { includePlaces } from './include-places';
import { toRange } from './to-proto';

/** From an alias to the ssh configuration that has it, from an item of `include` to its file. */
export const documentLinks: Feature = (context) => {
  context.connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    answer<DocumentLink[] | null>(context, { feature: 'document link', uri, token, otherwise: null }, (subject) =>
      subject.kind === 'policy' ? [...includeLinks(subject), ...aliasLinks(context, subject)] : null,
    ),
  );
  return { documentLinkProvider: { resolveProvider: false } };
};

const includeLinks = (subject: Subject): DocumentLink[] =>
  includePlaces(subject).map(({ span, file }) => ({ range: toRange(subject.open, span), target: file.uri }));

function aliasLinks({ ports, client }: LspContext, { open, document }: Subject): DocumentLink[] {
  const { aliases, file } = ports.sshAliases(client.sshConfig);
  if (file === undefined) return [];
  return aliasPlaces(document.text, aliases).map((span) => ({
    range: toRange(open, span),
    target: file,
    tooltip: 'Open the ssh configuration of this machine',
  }));
}
