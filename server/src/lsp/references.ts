import type { Location } from 'vscode-languageserver/node';
import { findUses } from '../core/policy/navigate-policy';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { filesAround, queryAt, runbookTags } from './name-query';
import { toLocations } from './to-proto';

/** Every use of a host, a policy or a replica: in the policy files of the folder, and in hold tags of open runbooks. */
export const references: Feature = (context) => {
  context.connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }, token) =>
    answer<Location[] | null>(context, { feature: 'references', uri, token, otherwise: null }, (subject) => {
      const query = queryAt(subject, fromPosition(subject.open, position));
      if (query === undefined) return null;
      const files = filesAround(subject);
      const tags = runbookTags(context, query);
      const places = findUses(files, query).filter(({ role }) => includeDeclaration || role !== 'entry');
      return toLocations([...files, ...tags.files], [...places, ...tags.places]);
    }),
  );
  return { referencesProvider: true };
};
