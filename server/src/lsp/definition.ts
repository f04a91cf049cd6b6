import type { Location } from 'vscode-languageserver/node';
import { findEntries } from '../core/policy/navigate-policy';
import { span } from '../core/text/span';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { filesAround, queryAt } from './name-query';
import { includedFileAt } from './include-places';
import { toLocations } from './to-proto';

/**
 * From an item of `include` to its file, from the host of an endpoint to its entry, from a source that is a replica to the policy that makes it, and from a
 * hold tag, also in a runbook, to its policy and its host.
 */
export const definitions: Feature = (context) => {
  context.connection.onDefinition(({ textDocument: { uri }, position }, token) =>
    answer<Location[] | null>(context, { feature: 'definition', uri, token, otherwise: null }, (subject) => {
      const file = includedFileAt(subject, fromPosition(subject.open, position));
      if (file !== undefined) return toLocations([file], [{ uri: file.uri, span: span(0, 0), role: 'entry' }]);
      const query = queryAt(subject, fromPosition(subject.open, position));
      const files = filesAround(subject);
      return query === undefined ? null : toLocations(files, findEntries(files, query));
    }),
  );
  return { definitionProvider: true };
};
