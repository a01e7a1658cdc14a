import { describe, expect, it } from "vitest";
import { added, check, counted } from "../../desk/model/check.ts";
import { uuid7 } from "../../desk/model/ids.ts";
import type { Content } from "../../desk/shapes.ts";

const POST: Content = { headline: "Leaders arrive", blocks: [], byline: [{ name: "Ana Reyes" }] };
const said = (content: Content, names: string[] = []) => check(content, names).map((one) => one.what);

describe("what the desk is warned of", () => {
  it("is nothing for a post that can go", () => {
    expect(said(POST)).toEqual([]);
  });

  it("is what the server would refuse", () => {
    expect(said({ blocks: [], byline: [] })).toEqual(["nothing", "byline"]);
    expect(said({ ...POST, headline: "", key: true, blocks: [{ type: "paragraph", html: "a" }] })).toEqual(["key-headline"]);
    const image = { type: "image" as const, media: "a.webp", caption: "A lake", credit: "", alt: "" };
    expect(said({ ...POST, blocks: [image] })).toEqual(["credit", "alt"]);
    expect(said({ ...POST, headline: "x".repeat(301) })).toEqual(["too-long-headline"]);
  });

  it("is a file without a title, or without a file", () => {
    const file = { type: "file" as const, media: "", title: " " };
    expect(said({ ...POST, blocks: [file] })).toEqual(["file", "title"]);
    const coming = { ...file, upload: "1", title: "The ruling" };
    expect(said({ ...POST, blocks: [coming] })).toEqual([]);
    expect(check({ ...POST, blocks: [coming] }, [], new Set(["1"]))).toEqual([{ what: "refused", must: true }]);
  });

  it("is a quotation without a source, and a source that nobody has confirmed", () => {
    const quote = { type: "quote" as const, text: "Yes.", speaker: "Ana" };
    expect(check({ ...POST, blocks: [quote] })).toEqual([{ what: "quote-source", must: false, block: 0 }]);
    expect(said({ ...POST, sources: [{ name: "A witness" }] })).toEqual(["unconfirmed"]);
  });

  it("is a name that stands close to a known one", () => {
    const blocks = [{ type: "paragraph" as const, html: "Jens Stoltenburg spoke, then Stoltenberg’s aide." }];
    expect(check({ ...POST, blocks }, ["Jens Stoltenberg"])).toEqual([
      { what: "name", must: false, found: "Stoltenburg", known: "Stoltenberg" },
    ]);
    expect(said({ ...POST, headline: "Ministers meet" }, ["Minister of Defence"])).toEqual([]);
  });

  it("is what the server knows besides: a name of an earlier post, said once, and while it stands", () => {
    const spelling = (found: string, known: string) => ({ kind: "spelling" as const, pointer: "", detail: "", found, known });
    const warnings = [
      spelling("Stoltenburg", "Stoltenberg"),
      spelling("Novakowa", "Novakova"),
      spelling("Lindquist", "Lindqvist"),
      { kind: "source" as const, pointer: "/blocks/1/source", detail: "The quotation has no source." },
    ];
    const blocks = [
      { type: "paragraph" as const, html: "Stoltenburg met Novakowa." },
      { type: "quote" as const, text: "Yes.", speaker: "Ana" },
    ];
    const seen = check({ ...POST, blocks }, ["Jens Stoltenberg"]);
    expect(seen.map((one) => one.what)).toEqual(["quote-source", "name"]);
    expect(added(seen, warnings, { ...POST, blocks })).toEqual([
      { what: "name", must: false, found: "Novakowa", known: "Novakova" },
    ]);
  });

  it("counts what readers read", () => {
    const blocks = [{ type: "paragraph" as const, html: "One <b>two</b> three" }];
    expect(counted({ ...POST, blocks })).toEqual({ words: 3, characters: 13 });
  });
});

describe("an id made on the device", () => {
  it("is a UUIDv7 that sorts by time", () => {
    const [early, late] = [1_600_000_000_000, 1_600_000_000_001].map((now) => uuid7(now, new Uint8Array(10).fill(255)));
    expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(early! < late!).toBe(true);
  });
});
