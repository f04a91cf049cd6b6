import type { CommandStep, Job, Step, StreamStep } from '../../../server/src/core/plan/plan';

const words = (line: string): readonly string[] => line.split(' ');

export const commandStep = (id: string, line: string, host = 'prod'): CommandStep => ({
  kind: 'command',
  id,
  purpose: 'set',
  title: line,
  host,
  command: words(line),
  tolerates: [],
  afterProof: false,
});

/** `FROM@SNAPSHOT` is the last word of the send, the target the last of the receive. */
export function streamStep(id: string, send: string, receive: string, target = 'prod'): StreamStep {
  const [dataset = '', snapshot = ''] = (words(send).at(-1) ?? '').split('@');
  return {
    kind: 'stream',
    id,
    purpose: 'increment',
    title: send,
    host: 'prod',
    command: words(send),
    receiver: { host: target, command: words(receive) },
    route: 'direct',
    dataset,
    snapshot,
    targetDataset: words(receive).at(-1) ?? '',
  };
}

/** A job that somebody wrote by hand: the planner makes no step that destroys. */
export const jobWith = (steps: readonly Step[]): Job => ({
  policy: 'p',
  intent: 'vault',
  source: { host: 'prod', dataset: 'tank/prod' },
  target: { host: 'prod', dataset: 'backup/prod' },
  status: 'ready',
  conflicts: [],
  notes: [],
  steps,
  continues: false,
  expect: [],
});
