import { describe, expect, it } from "vitest";
import { addressed, joined, parted, put } from "../../desk/model/related.ts";

const ID = "01a20aec-bb19-72d4-8b42-5f81c2497022";
const named = { coverage: "storm-2021", post: ID };

describe("related coverage", () => {
  it("knows a post by any of its addresses", () => {
    for (const typed of [
      `https://live.example/live/storm-2021/p/${ID}`,
      `  /live/storm-2021/p/${ID}/history `,
      `https://live.example/live/storm-2021?at-post=${ID}#p-${ID}`,
      `/live/storm-2021#p-${ID}`,
      `storm-2021/p/${ID}`,
    ])
      expect(addressed(typed)).toEqual(named);
  });

  it("takes words for words", () => {
    for (const typed of ["", "storm", "https://live.example/live/storm-2021", `storm ${ID}`, "a/p/b"]) expect(addressed(typed)).toBeNull();
  });

  it("is written as the API has it", () => {
    for (const one of ["storm-2021", `storm-2021/p/${ID}`]) expect(joined(parted(one))).toBe(one);
  });

  it("has each coverage once, where it stood", () => {
    expect(put(["dykes"], named)).toEqual(["dykes", `storm-2021/p/${ID}`]);
    expect(put(["storm-2021", "dykes"], named)).toEqual([`storm-2021/p/${ID}`, "dykes"]);
    expect(put([`storm-2021/p/${ID}`], { coverage: "storm-2021", post: "" })).toEqual(["storm-2021"]);
  });
});
