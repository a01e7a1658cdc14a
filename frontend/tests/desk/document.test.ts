import { describe, expect, it } from "vitest";
import { inOldWords, toBlocks, toDocument } from "../../desk/model/document.ts";
import { plain, readInline, writeInline } from "../../desk/model/inline.ts";
import { blocks, chanceOf } from "./chance.ts";

describe("a post in the editor", () => {
  it("comes out as it went in, whatever its blocks", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const post = blocks(chanceOf(seed));
      expect(toBlocks(toDocument(post)), `seed ${seed}`).toEqual(post);
    }
  });

  it("leaves out paragraphs and items in which nothing is written", () => {
    const doc = toDocument([{ type: "paragraph", html: " " }, { type: "list", items: ["", "one"] }]);
    expect(toBlocks(doc)).toEqual([{ type: "list", items: ["one"] }]);
  });

  it("keeps the very bytes of a block that says the same", () => {
    const before = [{ type: "paragraph" as const, html: '<a href="https://a.example" rel="noopener nofollow">one</a> <b>two</b>' }];
    const again = toBlocks(toDocument(before));
    expect(again).not.toEqual(before);
    expect(inOldWords(again, before)).toEqual(before);
  });

  it("keeps a quotation's line breaks, and drops one without words or speaker", () => {
    const quote = { type: "quote" as const, text: "One.\nTwo.", speaker: "Ana" };
    expect(toBlocks(toDocument([quote]))).toEqual([quote]);
    expect(toBlocks(toDocument([{ type: "quote", text: "", speaker: "" }]))).toEqual([]);
  });
});

describe("inline HTML", () => {
  it("reads what a server may have stored, and writes it in one form", () => {
    const html = 'A &amp; B <i>it</i> <strong>b<em>oth</em></strong><br>1 &lt; 2 &#8217; H<sub>2</sub>O';
    expect(writeInline(readInline(html))).toBe(
      "A &amp; B <em>it</em> <strong>b<em>oth</em></strong><br>1 &lt; 2 ’ H<sub>2</sub>O",
    );
  });

  it("keeps the text of a tag it does not know", () => {
    expect(plain('a <u class="x>y">b</u> < c')).toBe("a b < c");
  });
});
