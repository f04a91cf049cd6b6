/** Receives one line of progress. */
export type Progress = (line: string) => void;

export interface Phases {
  /** Ends the running phase and names the next one. */
  readonly next: (name: string) => void;
  readonly end: () => void;
}

/** Reports each phase when it begins and, with its seconds, when it ends. */
export function startPhases(progress: Progress): Phases {
  const began = Date.now();
  let running: { name: string; since: number } | undefined;
  const finish = (): void => {
    if (running !== undefined) progress(`  ${running.name}: ${secondsSince(running.since)}`);
  };
  return {
    next(name) {
      finish();
      running = { name, since: Date.now() };
      progress(`${name} …`);
    },
    end() {
      finish();
      progress(`done in ${secondsSince(began)}`);
    },
  };
}

export const secondsSince = (start: number): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;
