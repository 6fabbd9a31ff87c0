"""Where pages lead that have no words of their own."""

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.forwarding import forward_url

URL = "https://quay.example/go?id=1"
META = '<meta http-equiv="{name}" content="{content}">'
WORDS = "<p>" + "The pier is open again, says the pilot of the harbour. " * 12 + "</p>"


def leads(head: str = "", body: str = "", url: str = URL) -> str | None:
    return forward_url(parse_document(f"<html><head>{head}</head><body>{body}</body></html>", url))


@pytest.mark.parametrize(
    "content",
    [
        "0;url=/story",
        "0; URL='/story'",
        "3, /story",
        '0.5;  url = "/story"',
        "; url=/story",
        " 0;/story ",
        ".5;url=/story",
    ],
)
@pytest.mark.parametrize("name", ["refresh", "Refresh", " REFRESH "])
def test_a_refresh_that_leads_elsewhere_is_followed(name: str, content: str) -> None:
    head = META.format(name=name, content=content.replace('"', "&quot;"))
    assert leads(head, "<p>You are being redirected.</p>") == "https://quay.example/story"


@pytest.mark.parametrize(
    "content", ["60", "0", "5;url=", "0;url=/go?id=1", "300;url=/story", "0;url=javascript:x", "soon"]
)
def test_a_refresh_of_the_page_itself_or_after_a_while_is_not(content: str) -> None:
    assert leads(META.format(name="refresh", content=content)) is None


def test_what_is_for_other_programs_or_is_beside_words_is_not_followed() -> None:
    meta = META.format(name="refresh", content="0;url=/story")
    assert leads(f"<noscript>{meta}</noscript>") is None
    assert leads(meta, WORDS) is None
    assert leads(meta) == "https://quay.example/story"
    assert leads(meta + META.format(name="refresh", content="0;url=/other")) is None


@pytest.mark.parametrize(
    "script",
    [
        "location.href='/story'", 'window.location = "/story";', "document.location.replace('/story')",
        "<!--\ntop.location.href = '/story';\n//-->", "setTimeout(function(){ window.location.href='/story'; }, 100);",
        "(() => { location.assign('/story') })()".replace("=>", ""), "'use strict'; self.location='\\/story'",
        "// on to the story\nlocation = `/story`", "/* moved */ globalThis.location.href = '\\x2fstor\\u0079'",
        "var where = '/story'; window.location.replace(where);", "window.onload = function () { location = '/story' }",
        "(function () { location.href = '/story'; return false; })()", "setTimeout(\"location.href='/story'\", 1000)",
        "$(document).ready(function () { location.href = '/story' })", "window.open('/story', '_self')",
        "document.addEventListener('DOMContentLoaded', () => { location.href = '/story' })",
    ],
)  # fmt: skip
def test_a_script_that_only_leads_on_is_followed(script: str) -> None:
    assert leads(f"<script>{script}</script>") == "https://quay.example/story"
    assert leads(body=f'<script>{script}</script><a href="/story">here</a>') == "https://quay.example/story"


@pytest.mark.parametrize(
    "script",
    [
        "if (old) { location.href='/story' }",
        "var u = location.href; send('/story')",
        "location.href = base + '/story'",
        "a.onclick = function() { location.href='/story' }",
        "location.hash='/story'",
        "function go() { location.href='/story' }",
        "setTimeout(() => { location.href='/story' }, 60000)",
        "var said = \"location.href='/story'\"",
        "var a = '/other'; location.href = b",
        "location.href = '/story'; location.href = '/other'",
        "location.href == '/story'",
        "window.open('/story', 'advertisement')",
        "location.href = `/story/${id}`",
        "location.href='#top'",
    ],
)  # fmt: skip
def test_a_script_that_does_anything_else_is_not(script: str) -> None:
    assert leads(f"<script>{script}</script>") is None


def test_a_page_before_the_way_out_leads_to_the_address_that_its_own_names() -> None:
    url = "https://search.example/url?q=https%3A%2F%2Fpaper.example%2Fstory%3Fa%3D1&sa=U"
    body = '<p>The previous page sends you to <a href="https://paper.example/story?a=1">paper.example</a>.</p>'
    assert leads(body=body + '<a href="/back">Back</a>', url=url) == "https://paper.example/story?a=1"
    assert leads(body=body.replace("paper.example/story", "other.example/x"), url=url) is None
    refresh = META.format(name="refresh", content="0;url='https://paper.example/story?a=1'")
    script = "<script>var n = {go: function (a) { a.location = '#' }}; n.go(window)</script>"
    assert leads(f"{script}<noscript>{refresh}</noscript>", url=url) == "https://paper.example/story?a=1"


@pytest.mark.parametrize(
    "trigger",
    ["setTimeout( ", "location . ", "window.", "(", "'use strict' ", "// ", ", 1", "/*", "'\\", "location='a"],
)
def test_a_script_of_one_thing_is_answered_at_once(trigger: str) -> None:
    assert leads(f"<script>{trigger * (2900 // len(trigger))}</script>") is None
    is_comment = trigger == "// "
    found = leads(f"<script>location='/a'{trigger * (2800 // len(trigger))}x</script>")
    assert found == ("https://quay.example/a" if is_comment else None)
    leads(META.format(name="refresh", content=" " * 2000 + "0 ; url" + " " * 9000))
