"""What is pasted from Word and from Google Docs comes in clean: words, emphasis, lists, links."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, posts_of, write

pytestmark = pytest.mark.browser

# As Word for the desktop puts it on the clipboard.
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml>
<![endif]-->
<style><!-- p.MsoNormal, li.MsoNormal{mso-style-unhide:no; margin:0cm; font-size:11pt;} --></style>
</head><body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment-->
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-size:14.0pt;
color:red'>Thirty</span></b> leaders<span style='mso-spacerun:yes'>  </span>met, <i>Le
Monde</i> says.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>The first<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span><![endif]>The second<o:p></o:p></p>
<p class=MsoNormal>The <a href="https://nato.example/text"><span
style='color:#0563C1'>text</span></a>.<o:p></o:p></p>
<!--EndFragment--></body></html>"""

# As Google Docs does: bold and italics in styles, all of it in a bold that is none.
DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;"
id="docs-internal-guid-5f1c0b0a-7fff-0d5c-8a8c-2b6a1c0f9d11"><p dir="ltr"
style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;"><span
style="font-size:11pt;font-family:Arial,sans-serif;color:#000000;font-weight:700;">Thirty</span><span
style="font-size:11pt;font-family:Arial,sans-serif;font-weight:400;"> leaders met, </span><span
style="font-size:11pt;font-weight:400;font-style:italic;">Le Monde</span><span
style="font-size:11pt;font-weight:400;font-style:normal;"> says.</span></p><ul
style="margin-top:0;margin-bottom:0;"><li dir="ltr" style="list-style-type:disc;"
aria-level="1"><p dir="ltr" style="line-height:1.38;" role="presentation"><span
style="font-weight:400;">The first</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr"
role="presentation"><span style="font-weight:400;">The second</span></p></li></ul><p dir="ltr"><span
style="font-weight:400;">The </span><a
href="https://www.google.com/url?q=https://nato.example/text&amp;sa=D&amp;source=editors"
style="text-decoration:none;"><span style="color:#1155cc;">text</span></a><span>.</span></p></b><br
class="Apple-interchange-newline">"""

BLOCKS: list[dict[str, Any]] = [
    {
        "type": "paragraph",
        "html": "<strong>Thirty</strong> leaders met, <em>Le Monde</em> says.",
    },
    {"type": "list", "items": ["The first", "The second"]},
    {
        "type": "paragraph",
        "html": 'The <a href="https://nato.example/text" rel="noopener nofollow">text</a>.',
    },
]


@pytest.mark.parametrize("copied", [WORD, DOCS], ids=["word", "docs"])
def test_a_pasted_text_comes_in_clean(
    desk: Desk, coverage: Coverage, editor: Someone, copied: str
) -> None:
    """Seen in the editor, and in the post that is published: nothing of the other program's."""
    page = desk(editor, coverage)
    write(page, "What they say", "x")
    page.keyboard.press("Backspace")
    paste(page, copied)
    text = page.locator(".text")
    expect(text.locator("li")).to_have_text(["The first", "The second"])
    expect(text.locator("strong")).to_have_text(["Thirty"])
    assert "mso" not in text.inner_html().lower()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#readers article h2")).to_have_text("What they say")
    (post,) = posts_of(editor, coverage)
    assert post["blocks"] == BLOCKS


def paste(page: Page, html: str) -> None:
    """Paste it where the cursor is, byte for byte: a browser would clean what a page itself puts on
    the clipboard."""
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "Thirty leaders met");
            const told = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        html,
    )
