import type { PrepareRenameResult, WorkspaceEdit } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError, ShowMessageNotification, MessageType } from 'vscode-languageserver/node';
import { renameIn, renameableAt } from '../core/policy/rename-policy';
import { answer } from './answer';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { filesAround } from './name-query';
import { toRenameEdit } from './to-edit';
import { toRange } from './to-proto';

/**
 * Renames a host or a policy where it is written. Tags of holds that exist are not: an editor that can ask shows them as
 * the reason to think twice, any other is told.
 */
export const renames: Feature = (context) => {
  const { connection } = context;
  connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
    answer<PrepareRenameResult | null>(context, { feature: 'rename', uri, token, otherwise: null }, (subject) => {
      const { open, kind } = subject;
      const use = kind === 'policy' ? renameableAt(open.getText(), fromPosition(open, position)) : undefined;
      return use === undefined ? null : { range: toRange(open, use.span), placeholder: use.name };
    }),
  );
  connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) =>
    answer<WorkspaceEdit | null>(context, { feature: 'rename', uri, token, otherwise: null }, (subject) => {
      const { open, kind } = subject;
      const use = kind === 'policy' ? renameableAt(open.getText(), fromPosition(open, position)) : undefined;
      if (use === undefined) return null;
      const files = filesAround(subject);
      const renamed = renameIn(files, { uri: open.uri, use }, newName);
      if (!renamed.ok) throw new ResponseError(LSPErrorCodes.RequestFailed, renamed.error);
      const { warning } = renamed.value;
      if (warning !== undefined && !context.client.confirmsEdits) warn(context, warning.description);
      return toRenameEdit(context, files, { ...renamed.value, newName });
    }),
  );
  return { renameProvider: { prepareProvider: true } };
};

const warn = ({ connection }: LspContext, message: string): void =>
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
