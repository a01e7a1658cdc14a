import { describe, expect, it } from "vitest";
import { hide, listed, merge, move, part, pin, rename, reveal, unpin, type Choices } from "../../desk/model/topics.ts";

const NONE: Choices = { topics: [], hidden: [] };
const BIDEN: Choices = { topics: [{ name: "Joe Biden", also: ["Biden", "US president"] }], hidden: [] };
const names = ({ topics }: Choices) => topics.map((one) => one.name);

describe("the desk's word on topics", () => {
  it("pins, in the order of pinning, and unpins", () => {
    const two = pin("Sanctions")(pin("NATO")(NONE));
    expect(two.topics).toEqual([
      { name: "NATO", pinned: true },
      { name: "Sanctions", pinned: true },
    ]);
    expect(unpin("nato")(two).topics).toEqual([{ name: "Sanctions", pinned: true }]);
    expect(unpin("Joe Biden")(pin("joe biden")(BIDEN)).topics).toEqual([
      { name: "Joe Biden", also: ["Biden", "US president"], pinned: false },
    ]);
  });

  it("moves a pinned one among the pinned, and no further", () => {
    const three = pin("C")(pin("B")(pin("A")(BIDEN)));
    expect(names(move("C", -1)(three))).toEqual(["A", "C", "B", "Joe Biden"]);
    expect(names(move("A", -1)(three))).toEqual(["A", "B", "C", "Joe Biden"]);
    expect(names(move("C", 1)(three))).toEqual(["A", "B", "C", "Joe Biden"]);
  });

  it("hides a topic with all its names, and shows each again", () => {
    const hidden = hide("joe biden")(BIDEN);
    expect(hidden).toEqual({ topics: [], hidden: ["Joe Biden", "Biden", "US president"] });
    expect(reveal("biden")(hidden).hidden).toEqual(["Joe Biden", "US president"]);
    expect(pin("Biden")(hidden).hidden).toEqual(["Joe Biden", "US president"]);
  });

  it("gives another name, also to what has one already, and only in its spelling", () => {
    expect(rename("Biden", "Joe Biden")(NONE).topics).toEqual([{ name: "Joe Biden", also: ["Biden"], pinned: false }]);
    expect(rename("Joe Biden", "President Biden")(BIDEN).topics[0]).toEqual({
      name: "President Biden", also: ["Joe Biden", "Biden", "US president"], pinned: false,
    });
    expect(rename("Joe Biden", "Biden")(BIDEN).topics[0]).toEqual({
      name: "Biden", also: ["Joe Biden", "US president"], pinned: false,
    });
    expect(rename("nato", "NATO")(NONE).topics).toEqual([{ name: "NATO", also: [], pinned: false }]);
  });

  it("puts one under another, names and pin included", () => {
    const merged = merge("Joe Biden", "White House")(pin("White House")(BIDEN));
    expect(merged.topics).toEqual([
      { name: "White House", also: ["Joe Biden", "Biden", "US president"], pinned: true },
    ]);
    expect(part("White House", "biden")(merged).topics[0]!.also).toEqual(["Joe Biden", "US president"]);
    expect(part("A", "B")({ topics: [{ name: "A", also: ["B"] }], hidden: [] }).topics).toEqual([]);
  });

  it("is listed with what readers see: pinned first, then by their posts, then what has none", () => {
    const shown = [{ name: "NATO", count: 9 }, { name: "Sanctions", count: 4 }];
    const choices: Choices = { topics: [{ name: "Sanctions", pinned: true }, { name: "Joe Biden", also: ["Biden"] }], hidden: [] };
    expect(listed(choices, shown)).toEqual([
      { name: "Sanctions", also: [], pinned: true, count: 4 },
      { name: "NATO", also: [], pinned: false, count: 9 },
      { name: "Joe Biden", also: ["Biden"], pinned: false, count: null },
    ]);
  });
});
