import { describe, expect, it } from "vitest";
import { toldOf } from "../../desk/files.ts";
import { fromMarkdown, toMarkdown, without } from "../../desk/model/markdown.ts";
import { emptyFile, placed, uploadsIn, type Media } from "../../desk/model/pictures.ts";
import type { Block, Content } from "../../desk/shapes.ts";

const MADE = { id: "1", kind: "document", state: "ready", media: "a.pdf", filename: "From Ms Maes.pdf", format: "pdf", size: 240_000, pages: 3 } as Media;
const content = (...blocks: Block[]): Content => ({ blocks, byline: [] });

describe("a file on its way", () => {
  it("is named by its upload, and takes its place when it has arrived; its title stands", () => {
    const file = { ...emptyFile("1"), title: "The ruling" };
    expect(uploadsIn(content(file))).toEqual(["1"]);
    expect(placed(content(file, emptyFile("2")), "1", MADE).blocks).toEqual([
      { type: "file", media: "a.pdf", title: "The ruling", format: "pdf", size: 240_000, pages: 3 },
      emptyFile("2"),
    ]);
  });

  it("is not called what it was called on the device", () => {
    const [file] = placed(content(emptyFile("1")), "1", MADE).blocks;
    expect(file).toMatchObject({ title: "" });
  });
});

it("a file is told as readers are told it", () => {
  const told = (format: "pdf" | "csv" | "text", size: number, pages?: number) =>
    toldOf({ type: "file", media: "", title: "", format, size, ...(pages ? { pages } : {}) });
  expect(told("pdf", 240_000, 3)).toBe("PDF, 3 pages, 240 kB");
  expect(told("csv", 12)).toBe("CSV, 1 kB");
  expect(told("text", 1_449_000)).toBe("Text, 1.4 MB");
});

it("one of several is taken out of a plain text; the others stay what they are", () => {
  const files = ["One", "Two", "Three"].map((title): Block => ({ type: "file", media: `${title}.pdf`, title }));
  const { text, kept } = toMarkdown([{ type: "paragraph", html: "Look:" }, ...files]);
  expect(fromMarkdown(without(text, 1), kept)).toEqual([{ type: "paragraph", html: "Look:" }, files[0], files[2]]);
});
