import { describe, expect, it } from "vitest";
import { arranged, moved } from "../../desk/model/pins.ts";

describe("pinned posts at the desk", () => {
  it("move by one place, and no further than to the end", () => {
    expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
    expect(moved(["a", "b", "c"], "c", 1)).toEqual(["a", "b", "c"]);
  });

  it("stand as was asked for, though the page has not heard of it; others above", () => {
    expect(arranged(["a", "b"], ["b", "a"])).toEqual(["b", "a"]);
    expect(arranged(["c", "a", "b"], ["b", "a"])).toEqual(["c", "b", "a"]);
    expect(arranged(["a"], ["b", "a"])).toEqual(["a"]);
  });
});
