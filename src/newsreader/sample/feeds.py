"""The paper's feeds: RSS 2.0 and Atom (RFC 4287)."""

from email.utils import format_datetime

from newsreader.sample.edition import SampleEdition
from newsreader.sample.stories import SampleStory
from newsreader.sample.templates import Markup, fill, join

FEED_LENGTH = 20

_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>{paper}</title><link>{base}/{language}/</link><description>{motto}</description><language>{language}</language>
{items}
</channel></rss>
"""
_RSS_ITEM = """\
<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>{date}</pubDate>\
<description>{summary}</description></item>"""
_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<title>{paper}</title><id>{base}/{language}/</id><link href="{base}/{language}/"/>\
<link rel="self" href="{base}/{language}/atom.xml"/><updated>{updated}</updated>
{items}
</feed>
"""
_ATOM_ITEM = """\
<entry><title>{title}</title><id>{url}</id><link href="{url}"/><published>{published}</published>\
<updated>{updated}</updated><summary>{summary}</summary></entry>"""


def rss(edition: SampleEdition, language: str) -> Markup:
    """Return the newest stories as RSS."""
    words = edition.paper.words[language]
    items = [
        fill(
            _RSS_ITEM,
            title=story.title,
            url=edition.url(story),
            date=format_datetime(edition.published(story)),
            summary=_summary(story),
        )
        for story in edition.stories(language)[:FEED_LENGTH]
    ]
    return fill(
        _RSS, paper=words["paper"], motto=words["motto"], base=edition.base, language=language, items=join(items)
    )


def atom(edition: SampleEdition, language: str) -> Markup:
    """Return the newest stories as Atom."""
    newest = edition.stories(language)[:FEED_LENGTH]
    items = [
        fill(
            _ATOM_ITEM,
            title=story.title,
            url=edition.url(story),
            published=edition.published(story).isoformat(),
            updated=edition.updated(story).isoformat(),
            summary=_summary(story),
        )
        for story in newest
    ]
    return fill(
        _ATOM,
        paper=edition.paper.words[language]["paper"],
        base=edition.base,
        language=language,
        updated=edition.updated(newest[0]).isoformat(),
        items=join(items),
    )


def _summary(story: SampleStory) -> str:
    return story.lead or story.pages[0].partition("\n\n")[0]
