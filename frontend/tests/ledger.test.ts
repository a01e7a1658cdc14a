import { describe, expect, test } from "vitest";
import type { Frame } from "../reader/frames.ts";
import { Ledger } from "../reader/ledger.ts";

const frame = (seq: number, post = `post-${seq}`): Frame => ({ seq, time: "2021-06-14T12:00:00Z", kind: "post", post });
const seqs = (frames: Frame[]): number[] => frames.map(({ seq }) => seq);

describe("a ledger", () => {
  test("takes the frames of the stream one after the other", () => {
    const ledger = new Ledger(7);
    expect([ledger.offer(frame(8)), ledger.offer(frame(9))]).toEqual(["next", "next"]);
    expect(ledger.last).toBe(9);
  });

  test("ignores a frame that it has had", () => {
    const ledger = new Ledger(7);
    expect(ledger.offer(frame(7))).toBe("old");
    expect(ledger.offer(frame(3))).toBe("old");
    expect(ledger.last).toBe(7);
  });

  test("holds a frame that comes after a gap and doesn't count it as seen", () => {
    const ledger = new Ledger(7);
    expect(ledger.offer(frame(9))).toBe("gap");
    expect(ledger.last).toBe(7);
    expect(ledger.waiting).toBe(true);
    expect(ledger.release()).toEqual([]);
    expect(ledger.waiting).toBe(true);
  });

  test("hands out held frames in order once a delta has filled the gap", () => {
    const ledger = new Ledger(7);
    for (const seq of [11, 10, 13]) ledger.offer(frame(seq));
    ledger.caughtUp({ seq: 9 });
    expect(seqs(ledger.release())).toEqual([10, 11]);
    expect(ledger.last).toBe(11);
    expect(ledger.waiting).toBe(true);
  });

  test("forgets held frames that the delta has brought as well", () => {
    const ledger = new Ledger(7);
    for (const seq of [9, 10]) ledger.offer(frame(seq));
    ledger.caughtUp({ seq: 12 });
    expect(ledger.release()).toEqual([]);
    expect(ledger.waiting).toBe(false);
  });

  test("hands out a frame once that was held twice", () => {
    const ledger = new Ledger(7);
    for (const seq of [9, 9]) ledger.offer(frame(seq));
    ledger.caughtUp({ seq: 8 });
    expect(seqs(ledger.release())).toEqual([9]);
  });

  test("goes on from the missing frame itself when the stream still brings it", () => {
    const ledger = new Ledger(7);
    ledger.offer(frame(9));
    expect(ledger.offer(frame(8))).toBe("next");
    expect(seqs(ledger.release())).toEqual([9]);
  });

  test("never goes back when a cache answers with an old delta", () => {
    const ledger = new Ledger(7);
    ledger.caughtUp({ seq: 5 });
    expect(ledger.last).toBe(7);
  });

  test("lets only a newer frame change a post", () => {
    const ledger = new Ledger(7);
    ledger.note("a", 6);
    expect(ledger.fresh("a", 6)).toBe(false);
    expect(ledger.fresh("a", 5)).toBe(false);
    expect(ledger.fresh("a", 7)).toBe(true);
    expect(ledger.fresh("b", 1)).toBe(true);
  });

  test("keeps the seq of a post that is gone, so that an older frame can't bring it back", () => {
    const ledger = new Ledger(7);
    ledger.note("a", 9);
    expect(ledger.fresh("a", 8)).toBe(false);
  });

  test("reaches the same state whatever the order and the repeats of what comes", () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => frame(seq, `post-${seq % 3}`));
    for (let round = 0; round < 200; round += 1) {
      const ledger = new Ledger(0);
      const page = new Map<string, number>();
      const apply = (one: Frame): void => {
        const { post = "", seq } = one;
        if (!ledger.fresh(post, seq)) return;
        ledger.note(post, seq);
        page.set(post, seq);
      };
      const sent = [...all, ...all].sort(() => Math.random() - 0.5);
      for (const one of sent) {
        if (ledger.offer(one) === "next") apply(one);
        if (Math.random() < 0.2) {
          const upTo = Math.ceil(Math.random() * 8);
          for (const changed of all.slice(0, upTo)) apply(changed);
          ledger.caughtUp({ seq: upTo });
        }
        ledger.release().forEach(apply);
      }
      expect(ledger.last).toBe(8);
      expect(Object.fromEntries(page)).toEqual({ "post-0": 6, "post-1": 7, "post-2": 8 });
    }
  });
});
