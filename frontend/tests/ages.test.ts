import { expect, test } from "vitest";
import { Clock, isOn } from "../reader/ages.ts";
import { MINUTE } from "../reader/pace.ts";

const HOUR = 3_600_000;

test("before the server has said anything, the device is believed", () => {
  expect(new Clock().now(HOUR)).toBe(HOUR);
});

test("a device that is fast or slow is put right by what the server says", () => {
  const fast = new Clock();
  fast.heard(HOUR, 4 * HOUR);
  expect(fast.now(5 * HOUR)).toBe(2 * HOUR);
  const slow = new Clock();
  slow.heard(4 * HOUR, HOUR);
  expect(slow.now(2 * HOUR)).toBe(5 * HOUR);
});

test("an answer that was long on its way, or in a cache, changes nothing", () => {
  const clock = new Clock();
  clock.heard(1000, 1100);
  clock.heard(1000, 9000);
  expect(clock.now(9000)).toBe(8900);
});

test("an answer without a date changes nothing", () => {
  const clock = new Clock();
  clock.heard(Number.NaN, 1000);
  expect(clock.now(1000)).toBe(1000);
});

test("an appointment is on from its time to the next one, for two hours at most", () => {
  expect(isOn(1000, 5000, 999)).toBe(false);
  expect(isOn(1000, 5000, 1000)).toBe(true);
  expect(isOn(1000, 5000, 5000)).toBe(false);
  expect(isOn(1000, undefined, 1000 + 119 * MINUTE)).toBe(true);
  expect(isOn(1000, undefined, 1000 + 120 * MINUTE)).toBe(false);
});
