import { describe, expect, it } from "vitest";
import { normal } from "../../desk/model/document.ts";
import { fromMarkdown, toMarkdown } from "../../desk/model/markdown.ts";
import { blocks, chanceOf } from "./chance.ts";

describe("a post as Markdown", () => {
  it("comes back as it went in, whatever its blocks", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const post = blocks(chanceOf(seed));
      const { text, kept } = toMarkdown(post);
      expect(fromMarkdown(text, kept).map(normal), `seed ${seed}\n${text}`).toEqual(post.map(normal));
    }
  });

  it("is what one types with a thumb", () => {
    const text = [
      "## What we know",
      "The first cars came at **nine**, *Ana* writes.\nMore to follow.",
      "- one\n- two",
      "1. first\n2. second",
      "> We will also talk.\n> — Jens Stoltenberg, Secretary general, [Communiqué](https://n.example/c)",
      "https://video.example/1",
    ].join("\n\n");
    expect(fromMarkdown(text)).toEqual([
      { type: "heading", text: "What we know" },
      {
        type: "paragraph",
        html: "The first cars came at <strong>nine</strong>, <em>Ana</em> writes.<br>More to follow.",
      },
      { type: "list", items: ["one", "two"] },
      { type: "list", items: ["first", "second"], ordered: true },
      {
        type: "quote",
        text: "We will also talk.",
        speaker: "Jens Stoltenberg",
        role: "Secretary general",
        source: { name: "Communiqué", url: "https://n.example/c" },
      },
      { type: "embed", url: "https://video.example/1" },
    ]);
  });

  it("takes signs that mark nothing for what they are", () => {
    for (const html of ["2 * 3 * 4", "**", "a [b", "5 &gt; 4", "one` two", "x ~~ y"])
      expect(fromMarkdown(html.replace("&gt;", ">"))).toEqual([{ type: "paragraph", html }]);
  });

  it("lets a picture be moved and taken out as a line", () => {
    const image = { type: "image" as const, media: "a.webp", caption: "The lake", credit: "Ana", alt: "A lake" };
    const { text, kept } = toMarkdown([image, { type: "paragraph", html: "Evening." }]);
    expect(text).toBe("[[1: picture The lake]]\n\nEvening.");
    expect(fromMarkdown("Evening.\n\n[[1: picture The lake]]", kept)[1]).toEqual(image);
    expect(fromMarkdown("Evening.", kept)).toHaveLength(1);
  });
});
