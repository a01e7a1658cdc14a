import { describe, expect, test } from "vitest";
import { linkWords, missed, newUpdates, shortAgo, titled, updated } from "../reader/words.ts";

test("one update is an update, more are updates", () => {
  expect(newUpdates(1)).toBe("1 new update");
  expect(newUpdates(3)).toBe("3 new updates");
});

test("what was missed is counted, with what of it is key", () => {
  expect(missed(12, 2)).toBe("12 updates, 2 of them key");
  expect(missed(12, 0)).toBe("12 updates");
  expect(missed(1, 0)).toBe("1 update");
  expect(missed(1, 1)).toBe("1 update, 1 of them key");
});

test("the title counts what hasn't been seen, and nothing when there is nothing", () => {
  expect(titled("Two summits", 3)).toBe("(3) Two summits");
  expect(titled("Two summits", 0)).toBe("Two summits");
});

describe("the line about the connection", () => {
  test("says Live only while the stream is open and the coverage is live", () => {
    expect(linkWords("live", "live")).toBe("Live");
    expect(linkWords("live", "paused")).toBe("Connected");
    expect(linkWords("live", "ended")).toBe("Ended");
  });

  test("says what happens when the stream doesn't come through", () => {
    expect(linkWords("reconnecting", "live")).toBe("Reconnecting…");
    expect(linkWords("polling", "live")).toBe("Updates every few seconds");
  });

  test("says nothing before anything is known", () => {
    expect(linkWords("connecting", "live")).toBe("");
  });
});

test("how long ago goes by tens of seconds, then by minutes", () => {
  const said = [0, 9_999, 10_000, 29_999, 59_999, 60_000, 119_999, 120_000, 3_599_999].map(updated);
  expect(said).toEqual([
    "Updated just now",
    "Updated just now",
    "Updated 10 seconds ago",
    "Updated 20 seconds ago",
    "Updated 50 seconds ago",
    "Updated 1 minute ago",
    "Updated 1 minute ago",
    "Updated 2 minutes ago",
    "Updated 59 minutes ago",
  ]);
});

test("beside a post it goes by minutes alone", () => {
  expect([0, 59_999, 60_000, 3_599_999].map(shortAgo)).toEqual([
    "just now",
    "just now",
    "1 min ago",
    "59 min ago",
  ]);
});
