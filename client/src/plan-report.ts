/** The part of `rawsend plan --format json` that the editor reads. */
export interface PlanReport {
  readonly digest: string;
  /** One, or one for each target of a policy that has several: then the rest is of the first, but for the text and the bytes. */
  readonly policies: readonly string[];
  readonly status: 'ready' | 'up-to-date' | 'conflict';
  readonly steps: number;
  readonly bytes: number;
  readonly source: Place;
  readonly target: Place;
  /** The plan as people read it. */
  readonly text: string;
}

export interface Place {
  readonly host: string;
  readonly dataset: string;
}

/** Undefined for what is no report: the program failed before it had one. */
export function parsePlanReport(stdout: string): PlanReport | undefined {
  const report = parseJson(stdout);
  if (!isObject(report)) return undefined;
  const { digest, text, bytes, jobs }: { digest?: unknown; text?: unknown; bytes?: unknown; jobs?: unknown } = report;
  const all: readonly unknown[] = Array.isArray(jobs) ? jobs : [];
  const [job] = all;
  if (typeof digest !== 'string' || typeof text !== 'string' || typeof bytes !== 'number' || !isObject(job))
    return undefined;
  const { status, steps, source, target }: { status?: unknown; steps?: unknown; source?: unknown; target?: unknown } =
    job;
  if (!isStatus(status) || !Array.isArray(steps) || !isPlace(source) || !isPlace(target)) return undefined;
  return { digest, policies: all.flatMap(policyOf), text, bytes, status, steps: steps.length, source, target };
}

const policyOf = (job: unknown): readonly string[] =>
  isObject(job) && 'policy' in job && typeof job.policy === 'string' ? [job.policy] : [];

const isStatus = (value: unknown): value is PlanReport['status'] =>
  value === 'ready' || value === 'up-to-date' || value === 'conflict';

const isPlace = (value: unknown): value is Place =>
  isObject(value) &&
  'host' in value &&
  typeof value.host === 'string' &&
  'dataset' in value &&
  typeof value.dataset === 'string';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
