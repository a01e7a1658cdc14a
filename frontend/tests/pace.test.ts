import { describe, expect, test } from "vitest";
import { atMostOnce, backoff, jitter } from "../reader/pace.ts";

function shelf() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe("a wait", () => {
  test("is spread over a fifth to both sides", () => {
    expect(jitter(5000, () => 0)).toBe(4000);
    expect(jitter(5000, () => 0.5)).toBe(5000);
    expect(jitter(5000, () => 1)).toBe(6000);
  });

  test("doubles with every failure up to a limit", () => {
    const waits = [0, 1, 2, 3, 9].map((failures) => backoff(failures, 5000, 60_000, () => 0.5));
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000, 60_000]);
  });
});

describe("what may happen once in a minute", () => {
  test("happens the first time", () => {
    expect(atMostOnce(shelf(), "reload", 60_000, 1_000_000)).toBe(true);
  });

  test("doesn't happen again before the minute is over, also on the page that was loaded", () => {
    const store = shelf();
    atMostOnce(store, "reload", 60_000, 1_000_000);
    expect(atMostOnce(store, "reload", 60_000, 1_059_999)).toBe(false);
    expect(atMostOnce(store, "reload", 60_000, 1_060_000)).toBe(true);
  });
});
