/** Owns the polite live region: what has come, key events by name, at most every 15 seconds. */
import { SECOND } from "./pace.ts";
import { keyEvent, newUpdates } from "./words.ts";

export class Announcer {
  readonly #say: (words: string) => void;
  readonly #gap: number;
  #count = 0;
  #keys: string[] = [];
  #quiet = false;

  constructor(say: (words: string) => void, gap = 15 * SECOND) {
    this.#say = say;
    this.#gap = gap;
  }

  /** `key`: the headline, if it is a key event. */
  add(count: number, key?: string): void {
    this.#count += count;
    if (key) this.#keys.push(key);
    if (!this.#quiet) this.#speak();
  }

  #speak(): void {
    this.#quiet = this.#count > 0;
    if (!this.#quiet) return;
    this.#say([newUpdates(this.#count), ...this.#keys.map(keyEvent)].join(". "));
    this.#count = 0;
    this.#keys = [];
    setTimeout(() => this.#speak(), this.#gap);
  }
}
