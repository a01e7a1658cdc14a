import { describe, expect, test } from "vitest";
import { rank } from "../reader/pins.ts";

const order = { posts: ["b", "a"], seq: 9 };
const sorted = (posts: Record<string, number>) =>
  Object.keys(posts).sort((one, other) => rank(order, other, posts[other]!) - rank(order, one, posts[one]!));

describe("the order of the pinned posts", () => {
  test("is the one that the desk has set", () => {
    expect(sorted({ a: 4, b: 2 })).toEqual(["b", "a"]);
  });

  test("has what it doesn't name above, the last one pinned first", () => {
    expect(sorted({ a: 4, b: 2, c: 3, d: 12 })).toEqual(["d", "c", "b", "a"]);
  });

  test("has what was pinned anew above", () => {
    expect(sorted({ a: 10, b: 2 })).toEqual(["a", "b"]);
  });
});
