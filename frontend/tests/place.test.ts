import { describe, expect, test } from "vitest";
import { homeOf, slot } from "../reader/place.ts";

const newest = { head: true, lastOrder: 20 };
const post = (order: number, pinned = false) => ({ order, pinned });

describe("on the page with the newest posts", () => {
  test("a pinned post stands with the pinned ones, however old", () => {
    expect(homeOf(post(3, true), false, newest)).toBe("pinned");
  });

  test("a post stands in the stream down to the oldest that the page shows", () => {
    expect(homeOf(post(99), false, newest)).toBe("stream");
    expect(homeOf(post(20), true, newest)).toBe("stream");
  });

  test("an older post isn't put in: it stands on an older page", () => {
    expect(homeOf(post(19), false, newest)).toBe("elsewhere");
  });

  test("an old post leaves when it is unpinned", () => {
    expect(homeOf(post(3), true, newest)).toBe("elsewhere");
  });

  test("every post is put in when the page reaches the first one", () => {
    expect(homeOf(post(1), false, { head: true, lastOrder: 0 })).toBe("stream");
  });
});

describe("on a page of older posts", () => {
  const older = { head: false, lastOrder: 5 };

  test("what stands there is changed in place", () => {
    expect(homeOf(post(7), true, older)).toBe("stay");
    expect(homeOf(post(7, true), true, older)).toBe("stay");
  });

  test("nothing is put in", () => {
    expect(homeOf(post(7), false, older)).toBe("elsewhere");
    expect(homeOf(post(99, true), false, older)).toBe("elsewhere");
  });
});

describe("the place among others", () => {
  test("is by order, newest first", () => {
    expect(slot([30, 20, 10], 40)).toBe(0);
    expect(slot([30, 20, 10], 25)).toBe(1);
    expect(slot([30, 20, 10], 5)).toBe(3);
    expect(slot([], 5)).toBe(0);
  });
});

test("oldest first, an order stands behind all smaller ones", () => {
  expect(slot([2, 4, 6], 5, true)).toBe(2);
  expect(slot([2, 4, 6], 7, true)).toBe(3);
  expect(slot([2, 4, 6], 1, true)).toBe(0);
});
