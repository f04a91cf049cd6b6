import assert from 'node:assert/strict';
import type { Location, Position } from 'vscode-languageserver/node';
import {
  DefinitionRequest,
  DocumentHighlightRequest,
  ReferencesRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { POLICY, positionOf } from './texts';

/** Sends on what the other file makes, and has no hosts of its own. */
const FURTHER = `version: 1
policies:
  further: { intent: vault, source: vault:backup/prod, target: far:backup/prod }
`;
const RELEASE = 'zfs release -r rawsend:prod-to-vault:vault tank/prod@a\n';

/** `FILE:LINE:COLUMN`, from 0. */
const toText = ({ uri, range: { start } }: Location): string =>
  `${uri.slice(uri.lastIndexOf('/') + 1)}:${start.line}:${start.character}`;

describe('navigation', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor({ files: { 'rawsend.yaml': POLICY, 'further.rawsend.yaml': FURTHER } });
  });
  afterEach(() => editor.close());

  async function define(uri: string, position: Position): Promise<readonly string[]> {
    const found = await editor.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri }, position });
    assert.ok(found === null || Array.isArray(found));
    return (found ?? []).map((place) => toText(place as Location));
  }

  async function refer(uri: string, position: Position, includeDeclaration = true): Promise<readonly string[]> {
    const params = { textDocument: { uri }, position, context: { includeDeclaration } };
    const found = await editor.connection.sendRequest(ReferencesRequest.type, params);
    return (found ?? []).map(toText).toSorted();
  }

  async function ask(query: string): Promise<readonly string[]> {
    const found = await editor.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
    return (found ?? []).map(({ name, containerName }) => `${name} | ${containerName ?? ''}`).toSorted();
  }

  it('goes to hosts, in the file and in others of the folder, open or not', async () => {
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.deepEqual(await define(uri, positionOf(POLICY, 'vault:backup')), ['rawsend.yaml:3:2']);
    const further = editor.open('further.rawsend.yaml', FURTHER);
    assert.deepEqual(await define(further, positionOf(FURTHER, 'vault:backup')), ['rawsend.yaml:3:2']);
    assert.deepEqual(await define(further, positionOf(FURTHER, 'far:')), []);
  });

  it('goes from a source to the policy whose target it is', async () => {
    const further = editor.open('further.rawsend.yaml', FURTHER);
    assert.deepEqual(await define(further, positionOf(FURTHER, 'backup/prod,')), ['rawsend.yaml:8:18']);
  });

  it('goes from a hold tag in a script to its policy and its host, and back', async () => {
    const script = editor.open('release.sh', RELEASE);
    assert.deepEqual(await define(script, positionOf(RELEASE, 'prod-to')), ['rawsend.yaml:5:2']);
    assert.deepEqual(await define(script, positionOf(RELEASE, 'vault tank')), ['rawsend.yaml:3:2']);
    assert.deepEqual(await define(script, positionOf(RELEASE, 'release')), []);
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.deepEqual(await refer(uri, positionOf(POLICY, 'prod-to')), ['rawsend.yaml:5:2', 'release.sh:0:23']);
  });

  it('finds the uses of a host across files', async () => {
    const uri = editor.open('rawsend.yaml', POLICY);
    const uses = ['further.rawsend.yaml:2:36', 'rawsend.yaml:8:12'];
    assert.deepEqual(await refer(uri, positionOf(POLICY, 'vault: {')), [uses[0], 'rawsend.yaml:3:2', uses[1]]);
    assert.deepEqual(await refer(uri, positionOf(POLICY, 'vault: {'), false), uses);
  });

  it('works in a text that is not saved and does not parse', async () => {
    const text = `${POLICY}  next: { source: [\n`;
    const uri = editor.open('untitled', text);
    assert.deepEqual(await define(uri, positionOf(text, 'prod:tank')), ['untitled:2:2']);
  });

  it('highlights the uses in the file', async () => {
    const uri = editor.open('rawsend.yaml', POLICY);
    const params = { textDocument: { uri }, position: positionOf(POLICY, 'prod:tank') };
    const found = await editor.connection.sendRequest(DocumentHighlightRequest.type, params);
    assert.deepEqual(
      found?.map(({ kind, range }) => [kind, range.start.line]),
      [
        [3, 2],
        [2, 7],
      ],
    );
    const script = editor.open('release.sh', RELEASE);
    const other = { textDocument: { uri: script }, position: positionOf(RELEASE, 'prod-to') };
    assert.equal(await editor.connection.sendRequest(DocumentHighlightRequest.type, other), null);
  });

  it('finds hosts and policies of the workspace by their letters', async () => {
    assert.equal((await ask('')).length, 4);
    assert.deepEqual(await ask('PTV'), ['prod-to-vault | vault · prod:tank/prod → vault:backup/prod']);
    assert.deepEqual(await ask('fthr'), ['further | vault · vault:backup/prod → far:backup/prod']);
    assert.deepEqual(await ask('zz'), []);
  });
});
