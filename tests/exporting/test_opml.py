"""Sources as OPML, and back."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from newsreader.exporting.opml import Outline, to_opml
from newsreader.importing.reading import read_import
from newsreader.importing.values import ImportedSource

MADE = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
NAMES = st.text(max_size=12) | st.sampled_from(['a "b" & <c>', "Новини", "]]>", "x / y", "\x1b[0m", "&amp;"])


def test_sources_stand_in_their_groups() -> None:
    outlines = [
        Outline("https://a.example/feed", "Порт & море", "", "https://a.example/"),
        Outline("https://b.example/", "B", "News / Europe"),
        Outline("https://c.example/", "", "News"),
    ]
    assert to_opml(outlines, "My sources", MADE).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head>\n<title>My sources</title>\n'
        "<dateCreated>Wed, 25 Nov 2026 06:30:00 GMT</dateCreated>\n</head>\n<body>\n"
        '<outline type="rss" text="Порт &amp; море" title="Порт &amp; море" xmlUrl="https://a.example/feed" '
        'htmlUrl="https://a.example/"/>\n'
        '<outline text="News">\n'
        '<outline type="rss" text="https://c.example/" title="https://c.example/" xmlUrl="https://c.example/"/>\n'
        '<outline text="Europe">\n'
        '<outline type="rss" text="B" title="B" xmlUrl="https://b.example/"/>\n'
        "</outline>\n</outline>\n</body>\n</opml>\n"
    )


@given(st.lists(st.tuples(NAMES, NAMES), max_size=5))
def test_what_is_written_is_read_again(named: list[tuple[str, str]]) -> None:
    outlines = [
        Outline(f"https://a.example/{number}?x=1&y=2", title, group) for number, (title, group) in enumerate(named)
    ]
    found = read_import(to_opml(outlines, "x", MADE))
    assert not found.refused
    assert {source.url for source in found.sources} == {outline.url for outline in outlines}
    again = read_import(to_opml([_outline(source) for source in found.sources], "x", MADE))
    assert again.sources == found.sources


def _outline(source: ImportedSource) -> Outline:
    return Outline(source.url, source.title, source.group, source.site_url)
