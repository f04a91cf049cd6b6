import { window } from 'vscode';
import type { TextPlace } from '../../server/src/protocol';

/** The argument of a lens or light bulb; a keybinding may pass anything. */
export const isTextPlace = (value: unknown): value is TextPlace =>
  typeof value === 'object' &&
  value !== null &&
  'uri' in value &&
  typeof value.uri === 'string' &&
  'position' in value &&
  typeof value.position === 'object';

/** For a command from the palette. */
export function placeOfCursor(): TextPlace | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}
