/** Messages that have arrived and wait to be taken. */
export class Mailbox<T> {
  readonly #messages: T[] = [];
  readonly #waiting = new Set<() => void>();

  put(message: T): void {
    this.#messages.push(message);
    for (const look of [...this.#waiting]) look();
  }

  /** How many wait. */
  get size(): number {
    return this.#messages.length;
  }

  /** Takes the first message that `isMeant`, waiting for it if need be; those before it are thrown away. */
  take(isMeant: (message: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const index = this.#messages.findIndex(isMeant);
        const [message] = index === -1 ? [] : this.#messages.splice(0, index + 1).slice(-1);
        if (index === -1) return;
        this.#waiting.delete(look);
        resolve(message as T);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
