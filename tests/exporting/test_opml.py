"""Sources as OPML, and back."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from newsreader.exporting.opml import Outline, to_opml
from newsreader.importing.reading import read_import
from newsreader.importing.values import ImportedSource
from newsreader.source_values import SourceKind, SourceSettings

MADE = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
NAMES = st.text(max_size=12) | st.sampled_from(['a "b" & <c>', "Новини", "]]>", "x / y", "\x1b[0m", "&amp;"])


def test_sources_are_in_their_groups() -> None:
    outlines = [
        Outline("https://a.example/feed", "Порт & море", "", "https://a.example/"),
        Outline("https://b.example/", "B", "News / Europe", kind=SourceKind.PAGE),
        Outline("https://c.example/", "", "News", settings=SourceSettings(lists=('a "b"',))),
    ]
    assert to_opml(outlines, "My sources", MADE).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<opml version="2.0" xmlns:newsreader="urn:newsreader:opml">\n<head>\n<title>My sources</title>\n'
        "<dateCreated>Wed, 25 Nov 2026 06:30:00 GMT</dateCreated>\n</head>\n<body>\n"
        '<outline type="rss" text="Порт &amp; море" title="Порт &amp; море" xmlUrl="https://a.example/feed" '
        'htmlUrl="https://a.example/"/>\n'
        '<outline text="News">\n'
        '<outline type="rss" text="https://c.example/" title="https://c.example/" xmlUrl="https://c.example/" '
        'newsreader:settings="{&quot;lists&quot;: [&quot;a \\&quot;b\\&quot;&quot;]}"/>\n'
        '<outline text="Europe">\n'
        '<outline type="link" text="B" title="B" url="https://b.example/"/>\n'
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


def test_settings_that_another_hand_wrote_do_no_harm() -> None:
    written = to_opml([Outline("https://a.example/feed", settings=SourceSettings(keep_days=3))], "x", MADE).decode()
    for odd in (
        "{",
        "[1]",
        "{&quot;keep_days&quot;: -3}",
        "{&quot;lists&quot;: 7}",
        "{&quot;pictures&quot;: &quot;x&quot;}",
    ):
        (source,) = read_import(written.replace("{&quot;keep_days&quot;: 3}", odd).encode()).sources
        assert source.settings == SourceSettings()
    headers = "{&quot;headers&quot;: [[&quot;Host&quot;, &quot;b.example&quot;]], &quot;keep_days&quot;: 4}"
    (source,) = read_import(written.replace("{&quot;keep_days&quot;: 3}", headers).encode()).sources
    assert source.settings == SourceSettings(keep_days=4)
