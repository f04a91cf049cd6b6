import { BoundedText } from './bounded';
import { SendProgress } from './send-progress';
import { STDERR_LIMIT } from './shell-host';

/** What `directScript` said, taken apart as it comes in. Feed it line by line. */
export class DirectReport {
  readonly progress = new SendProgress();
  /** Resolves with the receive's process id once it runs, and otherwise never. */
  readonly started: Promise<number>;
  #start: (pid: number) => void = () => undefined;
  readonly #send = new BoundedText(STDERR_LIMIT);
  #receive = new BoundedText(STDERR_LIMIT);
  readonly #output = new BoundedText(STDERR_LIMIT);
  readonly #codes = new Map<string, number>();
  /** The line before: a report takes the newline that it was preceded by. */
  readonly #held = new Map<BoundedText, string>();

  constructor(readonly marker: string) {
    this.started = new Promise((resolve) => {
      this.#start = resolve;
    });
  }

  /** The status of `send`, `limit`, `jump`, `ssh` or `receive`, the receive's process id as `pid`, or `no-pv`. */
  code(stage: string): number | undefined {
    return this.#codes.get(stage);
  }

  takeStdout(line: string): void {
    if (!this.progress.take(line)) this.#take(line, this.#send);
  }

  takeStderr(line: string): void {
    // A jump host's ssh may end, and say so, behind the receive.
    this.#take(line, this.#codes.has('receive') ? this.#output : this.#receive);
  }

  texts(): { readonly send: string; readonly receive: string; readonly output: string } {
    for (const text of this.#held.keys()) this.#release(text, (line) => line);
    return { send: this.#send.toString(), receive: this.#receive.toString(), output: this.#output.toString() };
  }

  #take(line: string, text: BoundedText): void {
    const [marker, stage, code] = line.trimEnd().split(' ');
    if (marker !== this.marker || stage === undefined) {
      this.#release(text, (before) => before);
      this.#held.set(text, line);
      return;
    }
    this.#codes.set(stage, Number(code));
    if (stage === 'pid') this.#begin(Number(code));
    else this.#release(text, (before) => before.replace(/\n$/, ''));
  }

  /** What was said before is ssh's greeting and the login shell's start-up files: of interest only when nothing begins. */
  #begin(pid: number): void {
    this.#held.delete(this.#receive);
    this.#receive = new BoundedText(STDERR_LIMIT);
    this.#start(pid);
  }

  #release(text: BoundedText, change: (line: string) => string): void {
    const held = this.#held.get(text);
    this.#held.delete(text);
    if (held !== undefined) text.add(change(held));
  }
}
