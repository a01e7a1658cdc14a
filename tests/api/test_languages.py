"""Which language a page speaks: a coverage's own, else what the reader asks for."""

import pytest

from .newsroom import Newsroom


@pytest.mark.parametrize(
    ("query", "header", "spoken"),
    [
        ("", "", "en"),
        ("", "de", "de"),
        ("", "pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("", "nl, fr;q=0.4, es;q=0.7", "es"),
        ("", "ar;q=0, de;q=x, *", "en"),
        ("?lang=ar", "de", "ar"),
        ("?lang=tlh", "de", "de"),
        ("?lang=../../etc", "", "en"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/search", "/live/there-is-none"])
def test_the_reader_is_answered_in_their_language(
    newsroom: Newsroom, path: str, query: str, header: str, spoken: str
) -> None:
    """Front page, search and errors: by `?lang=`, else by the browser's wish, else in English."""
    answer = newsroom.client.get(path + query, headers={"accept-language": header})
    assert f'<html lang="{spoken}"' in answer.text
    assert "accept-language" in answer.headers["vary"]


def test_a_coverage_speaks_its_own(newsroom: Newsroom) -> None:
    """Page, history and search, whatever the browser wishes: what is kept ready holds for all."""
    coverage = newsroom.open(language="es")
    post = coverage.publish(headline="Llegan")
    path = f"/live/{coverage.slug}"
    for address in (path, f"{path}/p/{post['id']}/history", f"{path}/search"):
        for wish in ("de", "ar", ""):
            answer = newsroom.client.get(address, headers={"accept-language": wish})
            assert '<html lang="es"' in answer.text
            assert "accept-language" not in answer.headers.get("vary", "")


def test_page_stream_and_delta_say_the_same(newsroom: Newsroom) -> None:
    """The fragment of a post is the same bytes on each way, in any language."""
    coverage = newsroom.open(language="ar")
    coverage.publish(headline="وصل القادة", sources=[{"name": "وكالة", "kind": "wire"}])
    changes = newsroom.get(f"/live/{coverage.slug}/changes/0").json()["changes"]
    page = newsroom.get(f"/live/{coverage.slug}").text
    (html,) = [one["html"] for one in changes if one["kind"] == "post"]
    assert html in page
    assert "غير مؤكد" in page


def test_what_was_chosen_stays_chosen(newsroom: Newsroom) -> None:
    """The pages that belong to one in a chosen language are in it as well."""
    coverage = newsroom.open(title="Many")
    for n in range(21):
        coverage.publish(headline=f"Quittenmus {n}")
    page = newsroom.get("/search?q=quittenmus&lang=de").text
    assert 'href="/search?q=quittenmus&amp;from=20&amp;lang=de"' in page
    assert '<input type="hidden" name="lang" value="de">' in page
    assert 'hreflang="ar" lang="ar" dir="rtl">العربية</a>' in page


def test_the_api_speaks_english(newsroom: Newsroom) -> None:
    """Its errors are for programmers, and the same everywhere."""
    answer = newsroom.client.get("/api/coverages/there-is-none", headers={"accept-language": "de"})
    assert answer.json()["title"] == "Not Found"
