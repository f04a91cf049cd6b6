/**
 * Adds up the progress lines of `zfs send -v -P`: `HH:MM:SS<TAB>bytes<TAB>snapshot` once a second, where the bytes
 * start from 0 with every snapshot. There is no last line at 100 %, so the sum falls short by up to a second.
 */
export class SendProgress {
  #before = 0;
  #snapshot = '';
  #current = 0;

  get bytes(): number {
    return this.#before + this.#current;
  }

  /** True when the line was a progress line. */
  take(line: string): boolean {
    const { bytes, snapshot } = LINE.exec(line)?.groups ?? {};
    if (bytes === undefined || snapshot === undefined) return false;
    if (snapshot !== this.#snapshot) {
      this.#before += this.#current;
      this.#snapshot = snapshot;
    }
    this.#current = Number(bytes);
    return true;
  }
}

const LINE = /^\d\d:\d\d:\d\d\t(?<bytes>\d+)\t(?<snapshot>\S.*)\n?$/;
