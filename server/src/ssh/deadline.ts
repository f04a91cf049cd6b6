/** A time limit that stands still while a person is asked. */
export class Deadline {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ms: number,
    private readonly expired: () => void,
  ) {
    this.restart();
  }

  restart(): void {
    this.clear();
    this.#timer = setTimeout(this.expired, this.ms);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  async heldFor<T>(question: Promise<T>): Promise<T> {
    this.clear();
    try {
      return await question;
    } finally {
      this.restart();
    }
  }
}
