import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientCapabilities, Diagnostic, Location, WorkspaceEdit } from 'vscode-languageserver/node';
import {
  CompletionRequest,
  DefinitionRequest,
  DiagnosticRefreshRequest,
  DocumentLinkRequest,
  HoverRequest,
  InlayHintRequest,
  ReferencesRequest,
  RegistrationRequest,
  RenameRequest,
} from 'vscode-languageserver/node';
import type { HostsResult, PoliciesResult } from '../../server/src/protocol';
import { HostsRequest, PoliciesRequest } from '../../server/src/protocol';
import type { Editor, EditorOptions } from './editor';
import { PULLING, codesOf, eventually, startEditor } from './editor';
import { positionOf } from './texts';

const HOSTS = 'version: 1\nhosts:\n  prod: { ssh: cr0x@source }\n  vault: { ssh: cr0x@dest }\n';
const DEFAULTS = 'version: 1\ndefaults: { recursive: false }\n';
const MAIN = `version: 1
include: [common/hosts.yaml, common/defaults.yaml]
policies:
  prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
`;
const MORE = `version: 1
include: ['../common/hosts.yaml']
policies:
  home-to-vault: { intent: vault, source: prod:tank/home, target: vault:backup/home }
`;
const FILES = {
  'rawsend.yaml': MAIN,
  'common/hosts.yaml': HOSTS,
  'common/defaults.yaml': DEFAULTS,
  'site/more.rawsend.yaml': MORE,
};

const WATCHING: ClientCapabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
};

const messageOf = (found: Diagnostic | undefined): string => (typeof found?.message === 'string' ? found.message : '');

/** `FILE:LINE:COLUMN`, from 0. */
const toText = ({ uri, range: { start } }: Location): string =>
  `${uri.slice(uri.lastIndexOf('/') + 1)}:${start.line}:${start.character}`;

const HOST_USERS = ['common/hosts.yaml', 'rawsend.yaml', 'site/more.rawsend.yaml'];

const editedBy = (edit: WorkspaceEdit | null): readonly string[] =>
  (edit?.documentChanges ?? []).map((change) => ('textDocument' in change ? change.textDocument.uri : '')).toSorted();

const short = ({ uri, name }: { readonly uri: string; readonly name: string }): string =>
  `${uri.slice(uri.lastIndexOf('/') + 1)} ${name}`;

describe('included files in an editor', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  async function start(options: EditorOptions = {}): Promise<string> {
    editor = await startEditor({ files: FILES, ...options });
    return editor.open('rawsend.yaml', MAIN);
  }

  async function define(uri: string, part: string): Promise<readonly string[]> {
    const params = { textDocument: { uri }, position: positionOf(MAIN, part) };
    const found = await editor.connection.sendRequest(DefinitionRequest.type, params);
    return ((found ?? []) as Location[]).map(toText);
  }

  async function complete(uri: string, part: string, text = MAIN): Promise<readonly string[]> {
    const params = { textDocument: { uri }, position: positionOf(text, part) };
    const found = await editor.connection.sendRequest(CompletionRequest.type, params);
    return (Array.isArray(found) ? found : []).map(({ label }) => label);
  }

  it('are read from the disk, and by what is open and not saved', async () => {
    const uri = await start();
    assert.deepEqual(await editor.pull(uri), []);
    const hosts = editor.open('common/hosts.yaml', HOSTS.replace('prod:', 'prd:'), 'yaml');
    const found = await editor.pull(uri);
    assert.deepEqual(codesOf(found), ['policy-reference']);
    editor.change(hosts, 2, HOSTS);
    assert.deepEqual(await editor.pull(uri), []);
    writeFileSync(join(editor.folder, 'odd %23 #1.yaml'), HOSTS);
    editor.change(uri, 2, MAIN.replace('common/hosts.yaml', "'odd %23 #1.yaml'"));
    assert.deepEqual(await editor.pull(uri), []);
  });

  it('are policy files, whatever their name and language, as long as one includes them', async () => {
    const main = await start();
    const wrong = HOSTS.replace('ssh: cr0x@dest', 'shh: cr0x@dest');
    const hosts = editor.open('common/hosts.yaml', wrong, 'yaml');
    assert.deepEqual(codesOf(await editor.pull(hosts)), ['policy-schema']);
    editor.change(hosts, 2, HOSTS);
    assert.deepEqual(await editor.pull(hosts), []);
    assert.ok((await complete(hosts, 'ssh:', HOSTS)).includes('elevate'));
    const hover = { textDocument: { uri: hosts }, position: positionOf(HOSTS, 'ssh:') };
    assert.ok(await editor.connection.sendRequest(HoverRequest.type, hover));
    const renamed = await editor.connection.sendRequest(RenameRequest.type, {
      textDocument: { uri: hosts },
      position: positionOf(HOSTS, 'vault:'),
      newName: 'cellar',
    });
    assert.deepEqual(editedBy(renamed), HOST_USERS.map(editor.uriOf));
    editor.change(hosts, 3, wrong);
    editor.change(main, 2, MAIN.replace('common/hosts.yaml, ', ''));
    editor.open('site/more.rawsend.yaml', 'version: 1\nhosts: {}\n');
    assert.deepEqual(await editor.pull(hosts), []);
  });

  it('have links and definitions, and the hosts in them too', async () => {
    const uri = await start();
    const links = await editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      links?.map(({ target, range }) => [target, range.start.line]),
      [
        [editor.uriOf('common/hosts.yaml'), 1],
        [editor.uriOf('common/defaults.yaml'), 1],
      ],
    );
    assert.deepEqual(await define(uri, 'common/defaults'), ['defaults.yaml:0:0']);
    assert.deepEqual(await define(uri, 'vault:backup'), ['hosts.yaml:3:2']);
  });

  it('are searched for uses, and renamed in', async () => {
    const uri = await start();
    const position = positionOf(MAIN, 'vault:backup');
    const uses = await editor.connection.sendRequest(ReferencesRequest.type, {
      textDocument: { uri },
      position,
      context: { includeDeclaration: true },
    });
    const places = ['hosts.yaml:3:2', 'more.rawsend.yaml:3:66', 'rawsend.yaml:3:66'];
    assert.deepEqual((uses ?? []).map(toText).toSorted(), places);
    const rename = (newName: string) =>
      editor.connection.sendRequest(RenameRequest.type, { textDocument: { uri }, position, newName });
    const edit = await rename('cold');
    assert.deepEqual(editedBy(edit), HOST_USERS.map(editor.uriOf));
    await assert.rejects(rename('prod'), /the host `prod` is there already/);
  });

  it('complete hosts, and paths of files that hold a policy', async () => {
    const files = { ...FILES, 'common/other.yaml': 'a: 1\n', 'site/far.yaml': HOSTS, 'common/.hidden/x.yaml': HOSTS };
    const uri = await start({ files });
    assert.deepEqual(await complete(uri, 'prod:tank'), ['prod', 'vault']);
    const paths = await complete(uri, 'common/defaults');
    assert.deepEqual(paths.toSorted(), ['common/defaults.yaml', 'site/far.yaml', 'site/more.rawsend.yaml']);
    const below = editor.open('site/new.rawsend.yaml', 'version: 1\ninclude:\n  - \n');
    assert.deepEqual(
      (await complete(below, '\n', 'version: 1\ninclude:\n  - \n')).includes('../common/hosts.yaml'),
      false,
    );
    const typed = 'version: 1\ninclude:\n  - .';
    editor.change(below, 2, typed);
    const found = await editor.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: below },
      position: { line: 2, character: 5 },
    });
    const labels = (Array.isArray(found) ? found : []).map(({ label }) => label).toSorted();
    assert.deepEqual(labels, [
      '../common/defaults.yaml',
      '../common/hosts.yaml',
      '../rawsend.yaml',
      'far.yaml',
      'more.rawsend.yaml',
    ]);
  });

  it('are explained, and their defaults are no hint of ours', async () => {
    const uri = await start();
    const hover = await editor.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: positionOf(MAIN, 'common/hosts'),
    });
    assert.match(JSON.stringify(hover), /2 hosts: `prod`, `vault`.*no policies.*no defaults/);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await editor.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range });
    assert.match(JSON.stringify(hints), /recursive: false/);
  });

  it('bring their change on the disk to what includes them', async () => {
    const uri = await start({ capabilities: WATCHING });
    let refreshes = 0;
    const watched: unknown[] = [];
    editor.connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshes++);
    editor.connection.onRequest(RegistrationRequest.type, ({ registrations }) => void watched.push(...registrations));
    assert.deepEqual(await editor.pull(uri), []);
    writeFileSync(join(editor.folder, 'common/hosts.yaml'), HOSTS.replace('prod:', 'prd:'));
    const tell = (name: string) =>
      editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: editor.uriOf(name), type: 2 }],
      });
    await tell('unrelated.yaml');
    await tell('common/hosts.yaml');
    await eventually('a refresh', () => (refreshes > 0 ? true : undefined));
    assert.deepEqual(codesOf(await editor.pull(uri)), ['policy-reference']);
    assert.match(JSON.stringify(watched), /\*\.\{yaml,yml\}/);
    assert.equal(refreshes, 1);
  });

  it('outside of a workspace that is not trusted are not read, by no link either', async () => {
    const outside = await startEditor({ files: { 'hosts.yaml': HOSTS } });
    const way = `../${outside.folder.slice(outside.folder.lastIndexOf('/') + 1)}/hosts.yaml`;
    const text = `version: 1\ninclude: [${way}, linked.yaml]\n`;
    for (const [trusted, expected] of [
      [
        false,
        [/lies outside of the workspace, which is not trusted/, /lies outside of the workspace, which is not trusted/],
      ],
      [true, [/both have the host `prod`, `vault`/]],
    ] as const) {
      editor = await startEditor({ initializationOptions: { trusted } });
      symlinkSync(join(outside.folder, 'hosts.yaml'), join(editor.folder, 'linked.yaml'));
      const found = await editor.pull(editor.open('rawsend.yaml', text));
      assert.equal(found.length, expected.length, JSON.stringify(found));
      for (const [index, pattern] of expected.entries()) assert.match(messageOf(found[index]), pattern);
      if (!trusted) editor.close();
    }
    outside.close();
  });

  it('say so where a text is in no folder yet', async () => {
    await start();
    const uri = 'untitled:Untitled-1';
    await editor.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'rawsend', version: 1, text: MAIN },
    });
    const found = await editor.pull(uri);
    assert.deepEqual(codesOf(found), ['policy-include', 'policy-include']);
    assert.match(messageOf(found[0]), /cannot be found from a text that is in no folder, .*: save this text/);
  });

  it('have their hosts and policies listed once', async () => {
    await start({ files: { ...FILES, 'site/rest.yaml': MORE.replaceAll('home', 'rest') } });
    const main = MAIN.replace('common/defaults.yaml]', 'common/defaults.yaml, site/rest.yaml, site/more.rawsend.yaml]');
    editor.change(editor.uriOf('rawsend.yaml'), 2, main);
    const { policies } = await editor.connection.sendRequest<PoliciesResult>(PoliciesRequest);
    assert.deepEqual(policies.map(short).toSorted(), [
      'more.rawsend.yaml home-to-vault',
      'rawsend.yaml prod-to-vault',
      'rawsend.yaml rest-to-vault',
    ]);
    const { hosts, broken } = await editor.connection.sendRequest<HostsResult>(HostsRequest);
    assert.deepEqual(broken, []);
    assert.deepEqual(hosts.map(({ name }) => name).toSorted(), ['prod', 'vault']);
  });

  it('do not count twice where policies are read together', async () => {
    const uri = await start();
    const main = MAIN.replace('common/defaults.yaml]', 'site/more.rawsend.yaml]');
    editor.change(uri, 2, main);
    const more = editor.open('site/more.rawsend.yaml', MORE);
    assert.deepEqual([await editor.pull(uri), await editor.pull(more)], [[], []]);
    const other = editor.open('else/rawsend.yaml', HOSTS + MORE.slice(MORE.indexOf('policies')));
    assert.deepEqual(codesOf(await editor.pull(more)), ['policy-chain']);
    assert.deepEqual(codesOf(await editor.pull(other)), ['policy-chain']);
  });
});
