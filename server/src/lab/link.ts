/** What the way to a host does to what passes over it. */
export interface Link {
  /** Bytes a second in each direction; absent for as fast as it goes. */
  readonly rate?: number;
  /** Milliseconds that a piece is on its way; absent for none. */
  readonly latency?: number;
  /** Every connection that has carried so many bytes is lost. */
  readonly dropsAfter?: number;
}

/** Paces what passes one way; the answer is how long to wait, in milliseconds. */
export function pacer({ rate }: Link): (bytes: number) => number {
  let due = 0;
  return (bytes) => {
    if (rate === undefined) return 0;
    const now = Date.now();
    due = Math.max(due, now) + (bytes / rate) * 1000;
    return due - now;
  };
}
