import { quote } from '../shell/quote';
import { parseResumeToken } from '../zfs/token';
import type { Conflict } from './plan';
import type { Pair, Situation } from './situation';
import type { StreamDraft } from './step-draft';
import { resumeStream } from './stream-steps';

/** What became of the interrupted transfers that the target keeps. */
export interface Resumes {
  readonly steps: readonly StreamDraft[];
  readonly conflicts: readonly Conflict[];
}

/** Resumes what can be resumed; a token that leads nowhere is a conflict, for what has arrived is somebody's. */
export function planResumes(situation: Situation): Resumes {
  const { pairs, relay } = situation;
  const behind = relay?.behind.map(({ pair }) => pair) ?? [];
  const found = [...pairs, ...behind].map((pair) => planResume(situation, pair));
  return { steps: found.flatMap(({ steps }) => steps), conflicts: found.flatMap(({ conflicts }) => conflicts) };
}

function planResume(situation: Situation, pair: Pair): Resumes {
  const token = pair.target?.resumeToken;
  if (token === undefined) return { steps: [], conflicts: [] };
  const decoded = parseResumeToken(token);
  if (!decoded.ok) return refuse(stale(situation, pair, decoded.error.message));
  const { toGuid, toName, fromGuid, raw } = decoded.value;
  if (!raw) return refuse(notRaw(situation, pair));
  const snapshot = pair.source.snapshots.find(({ guid }) => guid === toGuid);
  if (snapshot === undefined || toName !== `${pair.source.name}@${snapshot.name}`) {
    return refuse(stale(situation, pair, `${toName} is no longer the snapshot that was being sent`));
  }
  const versions = [...pair.source.snapshots, ...pair.source.bookmarks];
  if (fromGuid !== undefined && !versions.some(({ guid }) => guid === fromGuid)) {
    return refuse(stale(situation, pair, `the base of the increment to ${toName} no longer exists at the source`));
  }
  return { steps: [resumeStream(situation.policy, pair, token, snapshot.name)], conflicts: [] };
}

const refuse = (conflict: Conflict): Resumes => ({ steps: [], conflicts: [conflict] });

const abort = (situation: Situation, pair: Pair): string =>
  `Throw away what has arrived: \`${quote(['zfs', 'receive', '-A', pair.targetName])}\` on ${situation.target.host}, then run again`;

function stale(situation: Situation, pair: Pair, why: string): Conflict {
  return {
    code: 'stale-token',
    subject: pair.targetName,
    message: `${pair.targetName} keeps an interrupted transfer that cannot go on: ${why}`,
    choices: [abort(situation, pair)],
  };
}

function notRaw(situation: Situation, pair: Pair): Conflict {
  return {
    code: 'token-not-raw',
    subject: pair.targetName,
    message: `${pair.targetName} keeps an interrupted transfer that is not raw: going on would put plaintext or a chain that raw increments cannot follow into the target`,
    choices: [abort(situation, pair)],
  };
}
