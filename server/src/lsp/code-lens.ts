import type { CodeLens } from 'vscode-languageserver/node';
import { policyPlaces } from '../core/policy/policy-places';
import { sendPlaces } from '../core/runbook/lens-send';
import type { SendPlace } from '../core/runbook/lens-send';
import type { Subject } from './answer';
import { answer } from './answer';
import type { ClientFacts } from './client-facts';
import type { Feature } from './feature';
import { changeLenses } from './change-lens';
import { isRevision } from './policy-texts';
import { readSaved } from './saved-text';
import { toLens, toPlace } from './to-proto';

/** What can be done with a policy, in the order in which a person does it. */
const ACTIONS = [
  { title: 'Plan', command: 'rawsend.plan' },
  { title: 'Estimate', command: 'rawsend.estimate' },
  { title: 'Run', command: 'rawsend.run' },
  { title: 'Verify', command: 'rawsend.verify' },
] as const;

/**
 * Lenses over each policy, and over each `zfs send` of a runbook. The commands are the client's: the server itself
 * never starts anything.
 */
export const codeLenses: Feature = (context) => {
  context.connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
    if (isRevision(uri)) return [];
    const saved = context.client.hasCommands ? await readSaved(context, uri) : undefined;
    return answer<CodeLens[]>(context, { feature: 'code lens', uri, token, otherwise: [] }, (subject) =>
      subject.kind === 'policy'
        ? [...changeLenses(context, subject, saved), ...policyLenses(context.client, subject)]
        : runbookLenses(context.client, subject),
    );
  });
  return { codeLensProvider: { resolveProvider: false } };
};

function policyLenses({ trust }: ClientFacts, { open, document }: Subject): CodeLens[] {
  if (trust === 'untrusted') return [];
  return policyPlaces(document.text).flatMap(({ name, span }) =>
    ACTIONS.map((action) => toLens(open, span, { ...action, arguments: [open.uri, name] })),
  );
}

/** Of no use in an editor that has none of the commands. A terminal is for trusted workspaces; a policy is only a text. */
function runbookLenses({ trust, hasCommands }: ClientFacts, { open, document }: Subject): CodeLens[] {
  if (!hasCommands) return [];
  const inTerminal = trust === 'trusted';
  return sendPlaces(document).flatMap((place) => [
    ...(inTerminal ? terminalLenses(place).map((command) => toLens(open, place.span, command)) : []),
    toLens(open, place.span, {
      title: 'Convert to Policy',
      command: 'rawsend.convertToPolicy',
      arguments: [toPlace(open, place.span.start)],
    }),
  ]);
}

function terminalLenses({ estimate, pipeline }: SendPlace): CodeLens['command'][] {
  const command = 'rawsend.typeInTerminal';
  return [
    ...(estimate ? [{ title: 'Estimate', command, arguments: [estimate] }] : []),
    ...(pipeline ? [{ title: 'Run in Terminal', command, arguments: [pipeline] }] : []),
  ];
}
