import { describe, expect, it } from "vitest";
import { among, NOTHING, reach, toggle } from "../../desk/model/choosing.ts";
import { difference } from "../../desk/model/difference.ts";
import { ALL, passes, valuesOf, type Filter } from "../../desk/model/filter.ts";
import { momentsOf, nextKey } from "../../desk/model/moments.ts";
import { changesOf, stepsOf } from "../../desk/model/versions.ts";
import type { Content, Post } from "../../desk/shapes.ts";

const at = (minute: number) => `2021-06-14T12:${String(minute).padStart(2, "0")}:00Z`;
const POST: Post = {
  id: "1", seq: 3, order: 3, revision: 1, status: "published", key: false, pinned: false,
  published_at: at(3), updated_at: at(3), headline: "Leaders arrive", blocks: [{ type: "paragraph", html: "By <b>car</b>." }],
  byline: [{ name: "Petra Nováková", place: "Brussels" }], sources: [], topics: ["NATO"], corrections: [], reason: null, url: "",
};
const passed = (filter: Partial<Filter>, post: Partial<Post> = {}) => passes({ ...POST, ...post }, { ...ALL, ...filter });

describe("which posts are meant", () => {
  it("is told by words in any order, without capitals and accents", () => {
    expect(passed({ words: "CAR novakova" })).toBe(true);
    expect(passed({ words: "car geneva" })).toBe(false);
  });

  it("is told by author, state, mark and topic", () => {
    expect(passed({ author: "Petra Nováková", topic: "NATO", standing: "published" })).toBe(true);
    expect(passed({ standing: "corrected" }, { corrections: [{ time: at(4), note: "Ten." }] })).toBe(true);
    expect(passed({ standing: "published" }, { corrections: [{ time: at(4), note: "Ten." }] })).toBe(false);
    expect(passed({ standing: "withdrawn" }, { status: "withdrawn" })).toBe(true);
    expect(passed({ mark: "key" })).toBe(false);
    expect(passed({ mark: "pinned" }, { pinned: true })).toBe(true);
  });

  it("is told by what is missing", () => {
    const image = { type: "image" as const, media: "a.webp", caption: "A lake", credit: "", alt: "A lake" };
    expect(passed({ lacks: "credit" }, { blocks: [image] })).toBe(true);
    expect(passed({ lacks: "alt" }, { blocks: [image] })).toBe(false);
    expect(passed({ lacks: "source" })).toBe(true);
    expect(passed({ lacks: "topic" })).toBe(false);
    expect(passed({ lacks: "headline" }, { headline: null })).toBe(true);
    expect(passed({ lacks: "source" }, { status: "withdrawn" })).toBe(false);
  });

  it("offers what the posts have, the most frequent first", () => {
    const posts = [POST, { ...POST, topics: ["EU", "NATO"] }];
    expect(valuesOf(posts, (post) => post.topics ?? [])).toEqual(["NATO", "EU"]);
  });
});

describe("choosing several", () => {
  const list = ["a", "b", "c", "d"];
  it("is one by one, or all from one to another, in either direction", () => {
    const one = toggle(NOTHING, "c");
    expect([...reach(one, list, "a").ids].sort()).toEqual(["a", "b", "c"]);
    expect([...reach(one, list, "d").ids]).toEqual(["c", "d"]);
    expect(toggle(one, "c").ids.size).toBe(0);
    expect([...reach(NOTHING, list, "b").ids]).toEqual(["b"]);
  });

  it("forgets what is listed no more", () => {
    expect(among(toggle(NOTHING, "x"), list)).toEqual({ ids: new Set(), from: "" });
  });
});

describe("a difference", () => {
  const told = (before: string, after: string) =>
    difference(before, after).map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind]).join("|");
  it("is of words, the old ones before the new", () => {
    expect(told("The cars came at nine.", "The cars came at ten.")).toBe("The cars came at |-nine.-|+ten.+");
    expect(told("a b c", "a x y c")).toBe("a |-b -|+x y +|c");
    expect(told("The end", "The end of it")).toBe("The end |+of it+");
    expect(told("", "New")).toBe("+New+");
    expect(told("one\ntwo", "one\ntwo")).toBe("one\ntwo");
  });

  it("gives both texts back", () => {
    const [before, after] = ["Six cars, then two.\nRain fell.", "Then two cars.\nRain fell, and hail."];
    const pieces = difference(before, after);
    const of = (kind: string) => pieces.filter((one) => one.kind === "same" || one.kind === kind).map((one) => one.text).join("");
    expect(of("added")).toBe(after);
    expect(of("removed").replace(/\s+/g, " ")).toBe(before.replace(/\s+/g, " "));
  });
});

describe("the history of a post", () => {
  const content: Content = { headline: "At nine", blocks: [{ type: "paragraph", html: "By car." }], byline: [{ name: "Ana" }], sources: [{ name: "A witness" }] };
  const told = (seq: number, type: string, payload: object) => ({ seq, type, time: at(seq), actor: { name: "Ada" }, payload });
  const steps = stepsOf([
    told(1, "PostPublished", { content }),
    told(2, "PostPinned", {}),
    told(3, "VerificationChanged", { source: 0, verification: "confirmed" }),
    told(4, "PostCorrected", { content: { ...content, headline: "At ten", sources: [{ name: "A witness", verification: "confirmed" }] }, note: "It was ten." }),
    told(5, "PostWithdrawn", { reason: "It was elsewhere." }),
  ]);

  it("names who did what, with the note or the reason", () => {
    expect(steps.map((one) => one.note)).toEqual(["", "", "", "It was ten.", "It was elsewhere."]);
    expect(steps[2]).toMatchObject({ who: "Ada", source: "A witness", verification: "confirmed" });
  });

  it("tells what changed, and of marks and checks nothing", () => {
    expect(steps.map((one) => changesOf(one).map((change) => change.field))).toEqual([
      ["headline", "text", "byline", "sources"], [], [], ["headline"], [],
    ]);
  });

  it("sees that a link leads elsewhere", () => {
    const linked = (href: string) => ({ ...content, blocks: [{ type: "paragraph" as const, html: `<a href="${href}">Here</a>` }] });
    const two = stepsOf([told(1, "PostPublished", { content: linked("https://a.example") }), told(2, "PostRevised", { content: linked("https://b.example") })]);
    expect(changesOf(two[1]!)[0]!.pieces.map((one) => one.text)).toContain("(https://b.example)");
  });
});

describe("the moments of a day", () => {
  it("are what was published and what was changed, in order; some are key events", () => {
    const posts: Post[] = [
      { ...POST, id: "2", published_at: at(5), updated_at: at(5), key: true },
      { ...POST, updated_at: at(9), corrections: [{ time: at(7), note: "Ten." }] },
    ];
    const moments = momentsOf(posts);
    expect(moments.map((one) => one.time)).toEqual([at(3), at(5), at(7), at(9)]);
    expect(nextKey(moments, 0, 1)).toBe(1);
    expect(nextKey(moments, 1, 1)).toBe(1);
    expect(nextKey(moments, 3, -1)).toBe(1);
  });
});
