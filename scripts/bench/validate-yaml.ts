/**
 * yaml-language-server's own validation of a text, edit by edit, called directly: no protocol, no streams and none of its
 * delay. Started by `measure-policies.ts` with a JSON request; prints what each edit took.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { typing } from './editing-session';
import { takeSamples } from './samples';

export interface ValidateRequest {
  readonly file: string;
  /** Its JSON Schema. */
  readonly schema: string;
  readonly edits: number;
  /** Where yaml-language-server is installed. */
  readonly peer: string;
}

interface LanguageService {
  readonly configure: (settings: object) => void;
  readonly doValidation: (document: TextDocument, isKubernetes: boolean) => Promise<readonly unknown[]>;
}

const URI = 'file:///bench/rawsend.yaml';

async function main({ file, schema, edits, peer }: ValidateRequest): Promise<void> {
  const service = startService(peer);
  const schemas = [
    {
      uri: 'file:///rawsend.schema.json',
      fileMatch: ['*.yaml'],
      schema: JSON.parse(readFileSync(schema, 'utf8')) as object,
    },
  ];
  service.configure({ validate: true, schemas });
  const text = readFileSync(file, 'utf8');
  const next = typing(text, { textDocumentSync: TextDocumentSyncKind.Incremental });
  let document = TextDocument.create(URI, 'yaml', 1, text);
  if ((await service.doValidation(document, false)).length > 0)
    throw new Error('the peer finds a mistake in the policy');
  const samples = await takeSamples(edits, async () => {
    const { version, change } = next();
    const started = performance.now();
    document = TextDocument.update(document, [change], version);
    await service.doValidation(document, false);
    return performance.now() - started;
  });
  process.stdout.write(JSON.stringify(samples), () => process.exit(0));
}

function startService(folder: string): LanguageService {
  const load = createRequire(join(folder, 'node_modules', 'yaml-language-server', 'package.json'));
  const { getLanguageService } = load('./out/server/src/index.js') as {
    readonly getLanguageService: (ports: object) => LanguageService;
  };
  return getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('this measurement fetches no schema')),
    workspaceContext: { resolveRelativePath: (relative: string) => relative },
  });
}

void main(JSON.parse(process.argv[2] ?? '{}') as ValidateRequest);
