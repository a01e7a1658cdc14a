import { describe, expect, it } from "vitest";
import { addressIn, cleaned } from "../../desk/model/paste.ts";

describe("what is pasted", () => {
  it("from Word keeps its words, bold and lists, and nothing of Word", () => {
    const word = `<html xmlns:o="urn:x"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Leaders</b> arrive<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>one<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>two</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>first</p>
<!--EndFragment--></body></html>`;
    expect(cleaned(word)).toMatch(
      /^<p><strong>Leaders<\/strong> arrive<\/p>\s*<ul><li>one<\/li><li>two<\/li>/,
    );
    expect(cleaned(word)).not.toMatch(/mso|style|class|·/i);
  });

  it("from Google Docs reads bold from styles, and is not bold as a whole", () => {
    const docs =
      '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-weight:400">The </span><span style="font-weight:700">first</span><span style="font-style:italic"> cars</span></p><ul><li dir="ltr"><p role="presentation"><span>one</span></p></li></ul><a href="https://www.google.com/url?q=https://nato.example/c&amp;sa=D">c</a></b>';
    expect(cleaned(docs)).toBe(
      '<p>The <strong>first</strong><em> cars</em></p><ul><li><p>one</p></li></ul><a href="https://nato.example/c">c</a>',
    );
  });

  it("from the web loses pictures, scripts, frames and colours", () => {
    const web =
      '<div class="x" onclick="y()"><h1>Title</h1><script>alert(1)</script><img src=a onerror=b><p style="color:red">a <a href="javascript:alert(1)">b</a> <em>c</em><iframe src=z></iframe></p></div>';
    const found = cleaned(web);
    expect(found).not.toMatch(/script|onclick|onerror|iframe|img|color/);
    expect(found).toContain("<h3>Title</h3>");
    expect(found).toContain("<p>a b <em>c</em></p>");
  });

  it("closes what is left open, and takes a lone sign for a sign", () => {
    expect(cleaned("<p><b>one < two")).toBe("<p><strong>one &lt; two</strong></p>");
  });

  it("is a card where it is nothing but an address", () => {
    expect(addressIn(" https://a.example/b?c#d ")).toBe("https://a.example/b?c#d");
    expect(addressIn("see https://a.example")).toBe("");
    expect(addressIn("javascript:alert(1)")).toBe("");
  });
});
