import { expect, test } from "vitest";
import type { Frame } from "../reader/frames.ts";
import { Held } from "../reader/held.ts";

function frame(seq: number, kind: string, post: string, order = seq): Frame {
  return { seq, kind, post, order, time: "2021-06-14T12:00:00Z" };
}

test("before a pause nothing waits", () => {
  expect(new Held().take(frame(6, "post", "a"))).toBe(false);
});

test("a pause holds everything, counts what is new once, and gives it back in order", () => {
  const held = new Held();
  held.begin(5);
  const frames = [frame(6, "post", "a"), frame(7, "post", "a", 6), frame(8, "post", "b", 2)];
  for (const one of frames) expect(held.take(one)).toBe(true);
  expect(held.count).toBe(1);
  expect(held.end()).toEqual(frames);
  expect(held.count).toBe(0);
  expect(held.take(frame(9, "post", "c"))).toBe(false);
});

test("a takedown does not wait, and what it takes is no longer counted", () => {
  const held = new Held();
  held.begin(5);
  held.take(frame(6, "post", "a"));
  expect(held.take(frame(7, "redact", "a", 6))).toBe(false);
  expect(held.count).toBe(0);
});

test("what is withdrawn again while it waits is not counted", () => {
  const held = new Held();
  held.begin(5);
  held.take(frame(6, "post", "a"));
  expect(held.take(frame(7, "withdraw", "a", 6))).toBe(true);
  expect(held.count).toBe(0);
});
