import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcer } from "../reader/announce.ts";

let said: string[];
let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  announcer = new Announcer((words) => said.push(words));
});

afterEach(() => vi.useRealTimers());

test("the first update is said at once", () => {
  announcer.add(1);
  expect(said).toEqual(["1 new update"]);
});

test("what comes within 15 seconds is said together, after them", () => {
  announcer.add(1);
  announcer.add(1);
  vi.advanceTimersByTime(14_000);
  announcer.add(2);
  expect(said).toEqual(["1 new update"]);
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual(["1 new update", "3 new updates"]);
});

test("key events are named, each once", () => {
  announcer.add(1, "Allies agree");
  announcer.add(1);
  announcer.add(1, "They sign");
  vi.advanceTimersByTime(15_000);
  expect(said).toEqual([
    "1 new update. Key event: Allies agree",
    "2 new updates. Key event: They sign",
  ]);
});

test("after a quiet time the next one is said at once again", () => {
  announcer.add(1);
  vi.advanceTimersByTime(15_000);
  announcer.add(1);
  expect(said).toEqual(["1 new update", "1 new update"]);
});
