/** Does every n-th run of a session in a thread of its own, and tells of each defect with a small document. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Document, LintContext } from '../../server/src/core/lint/document';
import { parsePolicy } from '../../server/src/core/policy/parse-policy';
import { checkDocument } from './check-document';
import { readCorpus } from './corpus';
import { documentOfRun } from './document-of-run';
import type { Failure, WorkerRequest } from './run-fuzz';
import { shrink } from './shrink';

function main({ root, seed, first, end, step, progress }: WorkerRequest): void {
  const corpus = readCorpus(root);
  const contexts = contextsOf(corpus);
  for (let run = first; run < end; run += step) {
    Atomics.store(progress, 0, run);
    const failure = attempt(documentOfRun(corpus, seed, run), contexts[run % contexts.length] ?? {}, progress);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window and has no origin
    if (failure) parentPort?.postMessage({ ...failure, run } satisfies Failure);
  }
}

/** Without any knowledge, and with policies and the assumption that everything is encrypted. */
function contextsOf(corpus: readonly Document[]): readonly LintContext[] {
  const policies = corpus
    .filter(({ path }) => path.startsWith('policy') && path.includes('ok'))
    .flatMap(({ text }) => parsePolicy(text).file ?? []);
  return [{ profile: 'strict' }, { profile: 'strict', policies, assumeEncrypted: true }];
}

function attempt(document: Document, context: LintContext, progress: Int32Array): Omit<Failure, 'run'> | undefined {
  const defect = checkDocument(document, context);
  if (!defect) return undefined;
  const text = shrink(document.text, (smaller) => {
    Atomics.add(progress, 1, 1);
    return checkDocument({ ...document, text: smaller }, context)?.kind === defect.kind;
  });
  const { detail } = checkDocument({ ...document, text }, context) ?? defect;
  return { kind: defect.kind, detail, path: document.path, text };
}

main(workerData as WorkerRequest);
