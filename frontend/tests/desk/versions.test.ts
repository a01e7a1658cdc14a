import { describe, expect, it } from "vitest";
import { read } from "../../desk/model/versions.ts";
import type { Content } from "../../desk/shapes.ts";

const content: Content = {
  headline: "Doors close",
  blocks: [],
  byline: [{ name: "Ana Reyes", place: "Brussels" }],
  sources: [
    { name: "The council", url: "https://council.example/a", verification: "confirmed" },
    { name: "A reader" },
  ],
  topics: ["Trade", "Cyber"],
  occurred_at: "2021-06-14T16:08:00Z",
  language: "de",
};

describe("a version of a post", () => {
  it("is told in the words of the desk, its time in the zone of the coverage", () => {
    const told = read(content, "Europe/Brussels");
    expect(told.sources).toBe("The council (confirmed)\nhttps://council.example/a\nA reader");
    expect(told.occurred_at).toMatch(/^Monday,? 14 June 2021, 18:08$/);
    expect(told.topics).toBe("Trade, Cyber");
    expect(told.language).toBe("German");
  });
});
