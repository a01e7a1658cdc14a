/** Owns the polite live region: what has come, said at most every 15 seconds. */
import { SECOND } from "./pace.ts";
import { newUpdates } from "./words.ts";

export class Announcer {
  readonly #say: (words: string) => void;
  readonly #gap: number;
  #count = 0;
  #quiet = false;

  constructor(say: (words: string) => void, gap = 15 * SECOND) {
    this.#say = say;
    this.#gap = gap;
  }

  add(count: number): void {
    this.#count += count;
    if (!this.#quiet) this.#speak();
  }

  #speak(): void {
    this.#quiet = this.#count > 0;
    if (!this.#quiet) return;
    this.#say(newUpdates(this.#count));
    this.#count = 0;
    setTimeout(() => this.#speak(), this.#gap);
  }
}
