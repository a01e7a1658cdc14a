/**
 * Owns what this page has seen: one seq for the coverage, one for each post.
 *
 * The stream's frames come one by one and nothing may be missing between them; a delta is
 * compacted and jumps. Either may repeat what the other brought, so each post is also guarded by
 * its own seq, which outlives the post itself: a takedown can't be undone by an older frame.
 */
import type { Changes, Frame } from "./frames.ts";

export type Fit = "next" | "old" | "gap";

export class Ledger {
  last: number;
  readonly #posts = new Map<string, number>();
  #held: Frame[] = [];

  constructor(last: number) {
    this.last = last;
  }

  /** Notes what stands in the page, or has just been put there. */
  note(post: string, seq: number): void {
    this.#posts.set(post, seq);
  }

  /** Whether a frame says something newer about its post than the page does. */
  fresh(post: string, seq: number): boolean {
    return seq > (this.#posts.get(post) ?? 0);
  }

  /** Takes a frame of the stream. A frame after a gap is held until a delta has filled it. */
  offer(frame: Frame): Fit {
    if (frame.seq <= this.last) return "old";
    if (frame.seq > this.last + 1) {
      this.#held.push(frame);
      return "gap";
    }
    this.last = frame.seq;
    return "next";
  }

  /** Notes a delta that was applied. A stale cache may answer with less than is known. */
  caughtUp(delta: Pick<Changes, "seq">): void {
    this.last = Math.max(this.last, delta.seq);
  }

  /** The held frames that follow now without a gap, in order. */
  release(): Frame[] {
    const held = this.#held.sort((a, b) => a.seq - b.seq);
    this.#held = []; // offer() holds again what still stands after a gap
    return held.filter((frame) => this.offer(frame) === "next");
  }

  /** Whether frames wait for a gap to be filled. */
  get waiting(): boolean {
    return this.#held.length > 0;
  }
}
