import { describe, expect, it } from "vitest";
import { chosen, isClear, merge } from "../../desk/model/merge.ts";
import type { Content } from "../../desk/shapes.ts";
import { blocks, chanceOf, words } from "./chance.ts";

const p = (html: string) => ({ type: "paragraph" as const, html });
const post = (...said: string[]): Content => ({ blocks: said.map(p), byline: [{ name: "Ana" }] });

describe("two changes of one post", () => {
  it("are put together where they concern different things", () => {
    const before = { ...post("one", "two", "three"), headline: "Old" };
    const mine = { ...post("ONE", "two", "three"), headline: "Old" };
    const theirs = { ...post("one", "two", "three", "four"), headline: "New" };
    const found = merge(before, mine, theirs);
    expect(isClear(found)).toBe(true);
    expect(found.content).toEqual({ ...post("ONE", "two", "three", "four"), headline: "New" });
  });

  it("are a question where both changed the same words", () => {
    const found = merge(post("one", "two"), post("mine", "two"), post("theirs", "two"));
    expect(isClear(found)).toBe(false);
    expect(chosen(found.stretches, ["theirs"])).toEqual(post("theirs", "two").blocks);
    expect(chosen(found.stretches, ["both"])).toEqual(post("theirs", "mine", "two").blocks);
  });

  it("are no question where both say the same, or nothing differs but what is empty", () => {
    const mine: Content = { ...post("two"), sources: [], key: false, headline: null };
    expect(isClear(merge(post("one"), mine, post("two")))).toBe(true);
    expect(merge(post("one"), mine, post("two")).fields).toEqual([]);
  });

  it("lose no block of either, whatever they are", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const chance = chanceOf(seed);
      const before = blocks(chance);
      const changed = () => [
        ...before.filter(() => chance() < 0.7),
        ...(chance() < 0.5 ? [p(words(chance))] : []),
      ];
      const [mine, theirs] = [changed(), changed()];
      const byline = [{ name: "Ana" }];
      const found = merge({ blocks: before, byline }, { blocks: mine, byline }, { blocks: theirs, byline });
      const both = JSON.stringify(found.stretches);
      const old = new Set(before.map((block) => JSON.stringify(block)));
      for (const block of [...mine, ...theirs].map((one) => JSON.stringify(one)))
        if (!old.has(block)) expect(both, `seed ${seed}`).toContain(block);
      expect(chosen(merge({ blocks: before, byline }, { blocks: mine, byline }, { blocks: before, byline }).stretches, [])).toEqual(mine);
    }
  });
});
