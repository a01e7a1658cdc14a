/**
 * Owns what waits while the reader has paused the page: every change but a takedown, in order, and
 * how many posts among it are new.
 */
import type { Frame } from "./frames.ts";

export class Held {
  on = false;
  after = 0;
  #frames: Frame[] = [];
  readonly #fresh = new Set<string>();

  /** `after`: what the page has seen; a post of a greater order is new. */
  begin(after: number): void {
    this.on = true;
    this.after = after;
  }

  /** Whether the frame waits now, and has to be left alone. */
  take(frame: Frame): boolean {
    const { kind, post = "", order = 0 } = frame;
    if (!this.on) return false;
    if (kind === "post" && order > this.after) this.#fresh.add(post);
    if (kind === "withdraw" || kind === "redact") this.#fresh.delete(post);
    if (kind === "redact") return false; // words that have to go do not wait
    this.#frames.push(frame);
    return true;
  }

  get count(): number {
    return this.#fresh.size;
  }

  /** All that has waited; from now on nothing does. */
  end(): Frame[] {
    const frames = this.#frames;
    this.on = false;
    this.#frames = [];
    this.#fresh.clear();
    return frames;
  }
}
