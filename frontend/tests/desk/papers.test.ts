import { describe, expect, it } from "vitest";
import { agreed, met, metPost, newPaper } from "../../desk/device/papers.ts";
import { print } from "../../desk/model/merge.ts";
import { tidy } from "../../desk/model/tidy.ts";
import type { Content, Draft, Post } from "../../desk/shapes.ts";

const said = (text: string): Content => ({
  blocks: [{ type: "paragraph", html: text }],
  byline: [{ name: "Ana" }],
});
const draft = (content: Content, version: number) =>
  ({ id: "1", version, state: "draft", content, author: { id: "ed", name: "Ed" } }) as Draft;
const paper = (text: string, changed = 5, synced = 0) => ({
  ...newPaper("1", "ana", "summit", said(text)), changed, synced,
});

describe("a version of the server that this device has not seen", () => {
  it("is its own, where it was sent and the answer was lost: writing goes on", () => {
    const mine = { ...paper("One. Two."), tried: [print(tidy(said("One.")))] };
    const after = met(mine, draft(said("One."), 1));
    expect([after.version, after.content, after.clash]).toEqual([1, said("One. Two."), null]);
  });

  it("is taken over, where nothing was written here", () => {
    const after = met(paper("One.", 5, 5), draft(said("Two."), 2));
    expect([after.content, after.take]).toEqual([said("Two."), 1]);
  });

  it("is a question, where both wrote something else; nothing of either is changed before", () => {
    const mine = { ...paper("Mine."), base: said("One."), version: 1 };
    const after = met(mine, draft(said("Theirs."), 2));
    expect([after.content, after.clash?.content]).toEqual([said("Mine."), said("Theirs.")]);
    expect(after.version).toBe(1);
  });
});

it("what was typed while a draft was being saved is still to be sent", () => {
  const typed = paper("One. Two.", 9);
  const after = agreed(typed, draft(said("One."), 1), 5, said("One."));
  expect(after.changed > after.synced).toBe(true);
  expect(after.content).toEqual(said("One. Two."));
});

it("a published post that somebody has corrected meanwhile is merged with the change", () => {
  const change = { ...paper("One."), content: { ...said("One."), headline: "Mine" }, post: "p", origin: said("One.") };
  const post = { ...said("One, corrected."), revision: 2 } as unknown as Post;
  const after = metPost(change, post);
  expect(after.content).toMatchObject({ ...said("One, corrected."), headline: "Mine" });
  expect([after.based_on, after.clash]).toEqual([2, null]);
});
