"""Files of other programs: what of them is taken, and what is refused with a reason."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.errors import NewsreaderError
from newsreader.importing.errors import BrokenFileError
from newsreader.importing.reading import LARGEST, PackedFileError, TooLargeFileError, UnknownFormatError, read_import
from newsreader.importing.values import (
    Imported,
    ImportedArticle,
    ImportedCommand,
    ImportedHighlight,
    ImportedSource,
)
from newsreader.library_values import HighlightColour


def imported(text: str) -> Imported:
    return read_import(text.encode())


def refusals(found: Imported) -> list[tuple[int, str, str]]:
    return [(each.line, each.text, each.why) for each in found.refused]


# --- OPML ---

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Мої джерела</title></head>
  <body>
    <outline text="Порт" type="rss" xmlUrl="https://harbour.example/feed" htmlUrl="https://harbour.example/"/>
    <outline text="News" title="Новини">
      <outline text="Inner">
        <outline title="A &amp; B" text="other" xmlurl="feed://a.example/rss"/>
      </outline>
      <outline text="Page" htmlUrl="https://b.example/news"/>
    </outline>
    <outline text="Gone" xmlUrl="ftp://c.example/feed"/>
    <outline type="include" text="More" url="https://d.example/more.opml"/>
    <outline text="Порт ще раз" xmlUrl="http://www.harbour.example/feed/"/>
    <outline text="empty"/>
  </body>
</opml>"""


def test_opml_gives_sources_in_their_groups() -> None:
    found = imported(OPML)
    assert found.form == "OPML"
    assert found.sources == (
        ImportedSource("https://harbour.example/feed", "Порт", "", "https://harbour.example/"),
        ImportedSource("http://a.example/rss", "A & B", "Новини / Inner"),
        ImportedSource("https://b.example/news", "Page", "Новини", is_feed=False),
    )
    assert refusals(found) == [
        (12, "ftp://c.example/feed", "it isn't a web address"),
        (13, "https://d.example/more.opml", "it is another list, and is not fetched"),
        (14, "http://www.harbour.example/feed/", "the file names it twice"),
    ]


@pytest.mark.parametrize(
    ("category", "group"),
    [("/News/Local,/Sea", "News / Local"), ("News,Local", "News"), (" Вести ", "Вести"), ("/", ""), ("", "")],
)
def test_a_source_in_no_outline_is_in_the_group_of_its_first_category(category: str, group: str) -> None:
    source = f'<outline text="Порт" xmlUrl="https://harbour.example/feed" category="{category}"/>'
    alone, inside = (
        f"<opml><body>{body}</body></opml>" for body in (source, f"<outline text='Own'>{source}</outline>")
    )
    assert [one.group for text in (alone, inside) for one in imported(text).sources] == [group, "Own"]


def test_opml_in_capitals_is_read_too() -> None:
    text = '<OPML VERSION="1.0"><BODY><OUTLINE TEXT="News"><OUTLINE TEXT="Порт" XMLURL="https://harbour.example/f"/>'
    assert [(one.title, one.group) for one in imported(text + "</OUTLINE></BODY></OPML>").sources] == [("Порт", "News")]


def test_opml_with_entities_of_its_own_is_refused_in_every_encoding() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
        '<opml><body><outline xmlUrl="https://a.example/&b;"/></body></opml>'
    )
    for codec in ("utf-8", "utf-16", "utf-8-sig"):
        with pytest.raises(BrokenFileError, match="entities"):
            read_import(bomb.encode(codec))


def test_opml_with_a_lone_ampersand_is_read_all_the_same() -> None:
    found = imported('<opml><body><outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/></body></opml>')
    assert [(source.title, source.url) for source in found.sources] == [("A & B", "https://a.example/?x=1&y=2")]


def test_opml_that_was_cut_off_is_taken_and_said_to_be() -> None:
    whole = (
        '<opml><body>\n<outline xmlUrl="https://a.example/"/>\n<outline xmlUrl="https://b.example/"/></body></opml>\n'
    )
    assert imported(whole).refused == ()
    cut = imported(whole[:80])
    assert [source.url for source in cut.sources] == ["https://a.example/"]
    assert [(each.line, "is cut off" in each.why) for each in cut.refused] == [(3, True)]


def test_outlines_too_deep_to_be_read_are_counted() -> None:
    listed = '<outline text="g">' * 300 + '<!-- <outline --><outline xmlUrl="https://a.example/"/>' + "</outline>" * 300
    found = imported(f'<opml><body><outline xmlUrl="https://b.example/"/>{listed}</body></opml>')
    assert [source.url for source in found.sources] == ["https://b.example/"]
    (refused,) = found.refused
    assert refused.text.endswith(" × <outline>")
    assert refused.why == "it is nested too deeply, or too broken, to be read"


def test_opml_in_another_encoding_is_read_as_it_says() -> None:
    text = (
        '<?xml version="1.0" encoding="windows-1251"?><opml><outline text="Вести" xmlUrl="https://v.example/"/></opml>'
    )
    assert read_import(text.encode("cp1251")).sources[0].title == "Вести"


def test_outlines_too_deep_for_people_do_no_harm() -> None:
    deep = "<opml><body>" + '<outline text="g">' * 100_000 + "</outline>" * 100_000 + "</body></opml>"
    assert imported(deep).sources == ()


# --- newsboat ---

NEWSBOAT = r"""
# my feeds
https://harbour.example/feed news "~The harbour" "city life"
"https://a.example/with space" "~Say \"hello\""
http://b.example/rss "!" hidden
"exec:~/bin/make-feed.py" tech
filter:~/bin/clean:https://c.example/feed
"query:Unread:unread = \"yes\""
file:///home/me/feed.xml
not an address
"""


def test_a_line_that_ends_in_a_control_character_gives_its_address_without_it() -> None:
    found = imported("https://harbour.example/feed\0\nhttps://town.example/ news\0\n")
    assert [each.url for each in found.sources] == ["https://harbour.example/feed", "https://town.example/"]


def test_newsboat_lines_give_sources_and_what_runs_programs_is_set_apart() -> None:
    found = imported(NEWSBOAT)
    assert found.form == "newsboat"
    assert found.sources == (
        ImportedSource("https://harbour.example/feed", "The harbour", "news"),
        ImportedSource("https://a.example/with%20space", 'Say "hello"'),
        ImportedSource("http://b.example/rss", "", "hidden"),
    )
    assert found.commands == (
        ImportedCommand("~/bin/make-feed.py", "", "tech", None, 6),
        ImportedCommand("~/bin/clean", "", "", "https://c.example/feed", 7),
    )
    assert sorted(refusals(found.without_commands())) == [
        (3, "https://harbour.example/feed city life", "a source has one group here, the first of its tags"),
        (5, "http://b.example/rss !", "sources are not hidden here"),
        (6, "exec:~/bin/make-feed.py", "no program is run to make a feed"),
        (7, "filter:~/bin/clean:https://c.example/feed", "no program is run to make a feed"),
        (8, 'query:Unread:unread = "yes"', "searches have another syntax here"),
        (9, "file:///home/me/feed.xml", "it is a file on this computer"),
        (10, "not an address", "the line does not start with an address"),
    ]


# --- Pocket, Instapaper ---


def test_pocket_gives_articles_with_tags_time_and_state() -> None:
    found = imported(
        "title,url,time_added,tags,status\r\n"
        '"Чому тунель, будували","https://a.example/tunnel?utm_source=x",1700000000,порт|long read,archive\r\n'
        "https://b.example/x,https://b.example/x,1700000001,,unread\r\n"
        "Script,javascript:alert(1),1700000002,,unread\r\n"
        "\r\n"
    )
    assert found.form == "Pocket CSV"
    assert found.articles == (
        ImportedArticle(
            "https://a.example/tunnel?utm_source=x",
            "Чому тунель, будували",
            ("порт", "long read"),
            datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
            is_read=True,
        ),
        ImportedArticle("https://b.example/x", "", (), datetime(2023, 11, 14, 22, 13, 21, tzinfo=UTC)),
    )
    assert refusals(found) == [(4, "javascript:alert(1)", "it isn't a web address")]


def test_instapaper_gives_folders_as_tags_and_archive_as_read() -> None:
    found = imported(
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        'https://a.example/1,One,"a ""quoted""\nselection",Archive,1700000000,"[""x"", ""y""]"\n'
        "https://a.example/2,Two,,Кулінарія,1700000000,[]\n"
        "https://a.example/3,Three,,Starred,nonsense,\n"
    )
    assert found.form == "Instapaper CSV"
    assert [(each.title, each.tags, each.is_read) for each in found.articles] == [
        ("One", ("x", "y"), True),
        ("Two", ("Кулінарія",), False),
        ("Three", ("starred",), False),
    ]
    assert found.articles[2].added_at is None


# --- wallabag ---


def test_wallabag_gives_articles() -> None:
    entries = [
        {
            "is_archived": 1,
            "is_starred": 1,
            "tags": ["порт", {"label": "море"}],
            "title": "Порт",
            "url": "https://a.example/1",
            "created_at": "2026-11-22T14:02:00+0200",
        },
        {"is_archived": 0, "tags": [], "title": None, "url": "https://a.example/2", "created_at": "never"},
        {"title": "no address"},
        7,
    ]
    for value in (entries, {"_embedded": {"items": entries}}):
        found = imported(json.dumps(value))
        assert found.form == "wallabag JSON"
        assert found.articles == (
            ImportedArticle(
                "https://a.example/1",
                "Порт",
                ("порт", "море", "starred"),
                datetime(2026, 11, 22, 12, 2, tzinfo=UTC),
                is_read=True,
            ),
            ImportedArticle("https://a.example/2"),
        )
        assert [each.why for each in found.refused[:2]] == ["it isn't an article", "it isn't an article"]
        assert refusals(found)[2:] == [(0, "created_at", "newsreader has no field for this")]


# --- bookmarks ---

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Меню закладок</H1>
<DL><p>
    <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Панель</H3>
    <DL><p>
        <DT><A HREF="https://a.example/1" ADD_DATE="1700000000" TAGS="x,y" ICON="data:,A">One &amp; all</A>
        <DD>A description
        <DT><H3>Кулінарія</H3>
        <DL><p>
            <DT><A HREF="https://a.example/2" ADD_DATE="1700000000000000">Борщ</A>
            <DT><H3>Deep</H3>
            <DL><p>
                <DT><A HREF="https://a.example/3">Three</A>
            </DL><p>
        </DL><p>
        <DT><A HREF="https://a.example/4">Four</A>
    </DL><p>
    <DT><A HREF="place:sort=8">Recent</A>
    <DT><A FEEDURL="https://f.example/rss" HREF="https://f.example/">A feed</A>
    <DT><A HREF="https://a.example/2">Борщ</A>
</DL>
"""


def test_bookmarks_give_articles_with_their_folders_as_tags() -> None:
    found = imported(BOOKMARKS)
    assert found.form == "bookmarks"
    then = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert found.articles == (
        ImportedArticle("https://a.example/1", "One & all", ("x", "y"), then),
        ImportedArticle("https://a.example/2", "Борщ", ("Кулінарія",), then),
        ImportedArticle("https://a.example/3", "Three", ("Кулінарія", "Deep")),
        ImportedArticle("https://a.example/4", "Four"),
    )
    assert found.sources == (ImportedSource("https://f.example/rss", "A feed", "", "https://f.example/"),)
    assert refusals(found) == [
        (0, "place:sort=8", "it isn't a web address"),
        (0, "DD", "newsreader has no field for this"),
    ]


def test_the_html_of_pocket_shows_what_was_read() -> None:
    found = imported(
        "<!DOCTYPE html><html><body><h1>Unread</h1><ul>"
        '<li><a href="https://a.example/1" time_added="1700000000" tags="x,y">One</a></li></ul>'
        '<h1>Read Archive</h1><ul><li><a href="https://a.example/2" time_added="1" tags="">Two</a></li></ul>'
    )
    assert [(each.title, each.tags, each.is_read) for each in found.articles] == [
        ("One", ("x", "y"), False),
        ("Two", (), True),
    ]


# --- the neighbours ---

ONE = "https://a.example/1"
AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def neighbour(name: str, text: str, read: bool, *left: str, tags: tuple[str, ...] = ("sea", "two words")) -> object:
    return pytest.param(name, text, read, left, tags, id=name)


NEIGHBOURS = [
    neighbour(
        "Omnivore JSON",
        '[{"id": "x", "slug": "s", "url": "https://a.example/1", "state": "Archived", "readingProgress": 70,'
        ' "labels": ["sea", {"name": "two words"}], "savedAt": "2024-05-06T07:08:09.000Z", "title": "One"}]',
        True,
        "id",
        "slug",
        "readingProgress",
    ),
    neighbour(
        "Omnivore CSV",
        'url,state,labels,saved_at,published_at\nhttps://a.example/1,SUCCEEDED,"[sea,two words]",1714979289000,\n',
        False,
    ),
    neighbour(
        "Readeck JSON",
        '[{"id": "k", "href": "https://readeck.example/api/bookmarks/k", "created": "2024-05-06T07:08:09Z",'
        ' "url": "https://a.example/1", "title": "One", "is_marked": true, "is_archived": true, "read_progress": 0,'
        ' "labels": ["sea", "two words"], "authors": ["Ann"]}]',
        True,
        "id",
        "is_marked",
        "href",
        "authors",
    ),
    neighbour(
        "Raindrop CSV",
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '1,One,,"Words, words",https://a.example/1,sea/two words,,2024-05-06T07:08:09.000Z,,,false\n',
        False,
        "id",
        "excerpt",
    ),
    neighbour(
        "Raindrop JSON",
        '{"result": true, "items": [{"_id": 7, "link": "https://a.example/1", "title": "One", "excerpt": "",'
        ' "cover": "", "tags": ["sea", "two words"], "important": true, "created": "2024-05-06T07:08:09.000Z"}]}',
        False,
        "_id",
        "important",
    ),
    neighbour(
        "Raindrop bookmarks",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><DL><p><DT>"
        '<A HREF="https://a.example/1" ADD_DATE="1714979289" TAGS="sea,two words" DATA-COVER="c" DATA-IMPORTANT="true">'
        "One</A></DL>",
        False,
        "data-important",
    ),
    neighbour(
        "Readwise Reader CSV",
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        "One,https://a.example/1,01h,\"['sea', 'two words']\",2024-05-06 07:08:09+00:00,0.5,archive,True\n",
        True,
        "ID",
        "Reading progress",
        "Seen",
    ),
    neighbour(
        "Readwise Reader JSON",
        '{"count": 1, "results": [{"id": "01", "url": "https://read.example/01", "source_url": "https://a.example/1",'
        ' "title": "One", "location": "later", "saved_at": "2024-05-06T07:08:09.000+00:00",'
        ' "tags": {"sea": {"name": "sea"}, "two words": {}}}]}',
        False,
        "id",
        "url",
    ),
    neighbour(
        "Matter CSV",
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight Count,Last Interaction Date,Id\n"
        'One,Ann,Post,https://a.example/1,"sea;two words",100,True,True,False,0,,9\n',
        False,
        "Author",
        "Publisher",
        "Word Count",
        "In Queue",
        "Favorited",
        "Id",
    ),
    neighbour(
        "Shiori JSON",
        '[{"id": 1, "url": "https://a.example/1", "title": "One", "excerpt": "Words", "public": 0, "hasContent": true,'
        ' "createdAt": "2024-05-06 07:08:09", "tags": [{"id": 2, "name": "sea"}, {"id": 3, "name": "two words"}]}]',
        False,
        "id",
        "excerpt",
        "hasContent",
    ),
    neighbour(
        "Karakeep (Hoarder) JSON",
        '{"bookmarks": [{"createdAt": 1714979289, "title": null, "tags": ["sea", "two words"], "note": "mine",'
        ' "archived": true, "content": {"type": "link", "url": "https://a.example/1", "title": "One"}}]}',
        True,
        "note",
        "type",
    ),
    neighbour(
        "linkding JSON",
        '{"results": [{"url": "https://a.example/1", "title": "One", "tag_names": ["sea", "two words"],'
        ' "date_added": "2024-05-06T07:08:09.123456Z", "unread": true, "shared": true}]}',
        False,
        "shared",
    ),
    neighbour(
        "linkding bookmarks",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><DL><p><DT>"
        '<A HREF="https://a.example/1" ADD_DATE="1714979289" LAST_MODIFIED="1" PRIVATE="1" TOREAD="0"'
        ' TAGS="sea,two words">One</A><DD>Notes<DT><A HREF="https://a.example/2" TOREAD="1">Two</A></DL>',
        True,
        "private",
        "DD",
    ),
    neighbour(
        "Pinboard JSON",
        '[{"href": "https://a.example/1", "description": "One", "extended": "", "time": "2024-05-06T07:08:09Z",'
        ' "toread": "no", "tags": "sea two_words"}]',
        True,
        tags=("sea", "two_words"),
    ),
    neighbour(
        "wallabag CSV",
        'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
        'One;https://a.example/1;"<p>Words</p>";"sea, two words";text/html;en;"06/05/2024 07:08:09"\n',
        False,
        "MIME Type",
        "Language",
    ),
    neighbour(
        "Google Reader JSON",
        '{"id": "user/-/state/com.google/starred", "title": "Starred", "items": [{"id": "7", "title": "One",'
        ' "canonical": [{"href": "https://a.example/1"}], "alternate": [{"href": "https://a.example/1"}],'
        ' "crawlTimeMsec": "1714979289000", "categories": ["user/-/state/com.google/read", "user/-/label/sea",'
        ' "user/9/label/two words"], "origin": {"title": "Post"}, "content": {"content": "<p>Words</p>"},'
        ' "author": "Ann", "published": 1714900000}]}',
        True,
        "id",
        "origin",
    ),
    neighbour(
        "Feedbin JSON",
        '[{"id": 7, "title": "One", "author": "Ann", "content": "<p>Words</p>", "url": "https://a.example/1",'
        ' "extracted_content_url": "https://f.example/7", "published": "2024-05-05T00:00:00.000000Z",'
        ' "created_at": "2024-05-06T07:08:09.000000Z"}]',
        False,
        "id",
        "extracted_content_url",
        tags=(),
    ),
    neighbour(
        "Firefox JSON",
        '{"guid": "root________", "root": "placesRoot", "children": [{"guid": "menu", "title": "menu", "root": "menu",'
        ' "children": [{"guid": "f", "title": "sea", "children": [{"guid": "one", "title": "One", "typeCode": 1,'
        ' "dateAdded": 1714979289000000, "tags": "two words", "uri": "https://a.example/1"}]}]}]}',
        False,
        "guid",
        "typeCode",
    ),
    neighbour(
        "Chromium JSON",
        '{"roots": {"bookmark_bar": {"name": "Bookmarks bar", "children": [{"name": "sea", "children": [{"name":'
        ' "two words", "children": [{"date_added": "13359452889000000", "guid": "g", "name": "One",'
        ' "url": "https://a.example/1"}]}]}]}, "other": {"name": "Other", "children": []}}, "version": 1}',
        False,
        "guid",
    ),
    neighbour(
        "JSON",  # as Linkwarden has it: the folders around an article are its tags
        '{"name": "Ann", "collections": [{"name": "sea", "links": [{"url": "https://a.example/1", "name": "One",'
        ' "tags": [{"name": "two words"}], "createdAt": "2024-05-06T07:08:09Z", "textContent": "Words"}]}]}',
        False,
        "textContent",
    ),
]


@pytest.mark.parametrize(("name", "text", "read", "left", "tags"), NEIGHBOURS)
def test_the_marks_of_every_program_are_taken_or_named(
    name: str, text: str, read: bool, left: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    found = imported(text)
    article = found.articles[0]
    assert (found.form, article.url, set(article.tags), article.is_read) == (name, ONE, set(tags), read)
    assert article.title == ("One" if name != "Omnivore CSV" else "")
    assert article.added_at == (AT.replace(microsecond=article.added_at.microsecond) if article.added_at else None)
    assert (article.added_at is None) == (name == "Matter CSV")
    named = [each.text.split(", ") for each in found.refused]
    assert sorted(named[0] if named else []) == sorted(left)


def test_the_bookmarks_of_safari_are_known_and_its_own_folders_are_no_tags() -> None:
    found = imported(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><HTML><Title>Bookmarks</Title><H1>Bookmarks</H1>"
        '<DT><H3 FOLDED>Favourites</H3><DL><p><DT><A HREF="https://a.example/1">One</A>'
        '<DT><H3 FOLDED><b>Кулінарія</b></H3><DL><p><DT><A HREF="https://a.example/2">Two</A></DL><p></DL><p>'
        '<DT><H3 FOLDED id="com.apple.ReadingList">Читальня</H3><DL><p><DT><A HREF="https://a.example/3">3</A></DL>'
    )
    assert found.form == "Safari bookmarks"
    assert [(each.title, each.tags) for each in found.articles] == [("One", ()), ("Two", ("Кулінарія",)), ("3", ())]


def test_the_text_of_an_article_is_taken_where_the_file_has_it() -> None:
    entry = {"url": ONE, "is_archived": 0, "title": "One", "content": "<p>Words of the sea.</p>", "reading_time": 3}
    found = imported(json.dumps([entry, {"url": "https://a.example/2", "is_archived": 0, "content": "no markup"}]))
    assert [each.content for each in found.articles] == ["<p>Words of the sea.</p>", ""]
    assert [each.text for each in found.refused] == ["reading_time, content"]


def test_who_wrote_a_text_that_comes_with_the_file_and_when_is_taken_with_it() -> None:
    entry = {
        "url": ONE,
        "given_url": ONE,
        "is_archived": 0,
        "content": "<p>Words of the sea.</p>",
        "published_by": ["Ann Reed", "Bo Lind"],
        "published_at": "2024-05-06T07:08:09+00:00",
    }
    without_text = {"url": "https://a.example/2", "is_archived": 0, "published_by": ["Ann Reed"]}
    found = imported(json.dumps([entry, without_text]))
    assert [(each.authors, each.published) for each in found.articles] == [(("Ann Reed", "Bo Lind"), AT), ((), None)]
    assert [each.text for each in found.refused] == ["published_by"]


WORDS = ImportedHighlight("Words of the sea,\nand of the land", "mine & yours", AT, HighlightColour.GREEN)


@pytest.mark.parametrize(
    ("entry", "highlight"),
    [
        (
            {"annotations": [{"quote": "Words of the sea,\n\n and  of the land", "text": "mine & yours",
                              "created_at": "2024-05-06T07:08:09Z", "color": "green"}]},
            WORDS,
        ),
        (
            {"highlights": [{"_id": 7, "text": "Words of the sea,\nand of the land", "note": " mine & yours ",
                             "created": "2024-05-06T07:08:09.000Z", "color": "Green"}]},
            WORDS,
        ),
        ({"highlights": [{"content": "The sea", "note": None, "color": "red"}]},
         ImportedHighlight("The sea", colour=HighlightColour.PINK)),
        ({"highlights": ["The sea"]}, ImportedHighlight("The sea")),
        ({"selection": " The sea "}, ImportedHighlight("The sea")),
    ],
)  # fmt: skip
def test_highlights_and_notes_on_them_are_taken(entry: dict[str, object], highlight: ImportedHighlight) -> None:
    found = imported(json.dumps([{"url": ONE, "title": "One"} | entry]))
    assert [each.highlights for each in found.articles] == [(highlight,)]
    assert found.refused == ()


def test_several_highlights_in_one_cell_are_parted() -> None:
    cell = "Highlight:The sea\nNote:mine\nand yours\n\nHighlight:The land: Note: it is long\nNote:\n\nHighlight: \n"
    found = imported(f'url,title,excerpt,cover,highlights\n{ONE},One,,,"{cell}"\n')
    expected = (ImportedHighlight("The sea", "mine\nand yours"), ImportedHighlight("The land: Note: it is long"))
    assert found.articles[0].highlights == expected


@pytest.mark.parametrize("value", ["3", 3, [], [{"id": 7}], {"a": 1}, [["x"]], "\n \n"], ids=str)
def test_a_field_of_highlights_that_holds_none_is_named(value: object) -> None:
    found = imported(json.dumps([{"url": ONE, "highlights": value}]))
    assert found.articles[0].highlights == ()
    named = [each.text for each in found.refused]
    assert named == ([] if value in ([], "\n \n") else ["highlights"])


def test_of_several_titles_the_one_that_holds_words_is_taken() -> None:
    entry = {"url": ONE, "title": "", "website_title": "One", "tag_names": []}
    assert imported(json.dumps([entry])).articles[0].title == "One"


# --- any file ---


@pytest.mark.parametrize("text", ["", "hello", "<html><p>A page</p></html>", "\x7fELF\x00\x01", "a,b\n1,2"])
def test_a_file_of_no_known_form_is_refused(text: str) -> None:
    with pytest.raises(UnknownFormatError):
        imported(text)


@pytest.mark.parametrize("text", ["[", "{}", '{"a": 1}', "[" * 100_000])
def test_json_without_articles_is_refused(text: str) -> None:
    with pytest.raises(BrokenFileError):
        imported(text)


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"\x1f\x8b\x08"])
def test_an_archive_is_to_be_unpacked(beginning: bytes) -> None:
    with pytest.raises(PackedFileError):
        read_import(beginning + bytes(100))


def test_a_file_larger_than_any_list_is_refused() -> None:
    with pytest.raises(TooLargeFileError):
        read_import(b" " * (LARGEST + 1))


def test_words_of_a_file_cannot_steer_a_terminal() -> None:
    title = "a\x1b]52;c;x\x07b\u202ec"
    found = imported(json.dumps([{"url": "https://a.example/", "title": title, "tags": [title], "is_archived": 0}]))
    assert found.articles == (ImportedArticle("https://a.example/", "abc", ("abc",)),)
    refused = imported(f"https://a.example/ x\nexec:{title}").without_commands().refused
    assert not any(sign in refused[0].text for sign in "\x1b\x07\u202e")


BEGINNINGS = st.sampled_from(
    [
        "<opml>",
        "<?xml?><opml ",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
        "[",
        "{",
        "title,url,tags\n",
        "https://a.example/ ",
    ]
)
MARKUP = [
    "<outline ",
    "xmlUrl='http://a/b'",
    ">",
    "</outline>",
    "<DL>",
    "</DL>",
    "<H3>",
    "<A HREF=",
    "&x;",
    "<![CDATA[",
]
SIGNS = ['"', "\\", ",", "[", "]", '{"url":', '"http://[x"', "}", "exec:", "~", "\n", "&#0;"]
PIECES = st.lists(st.sampled_from(MARKUP + SIGNS) | st.text(max_size=5), max_size=30).map("".join)


@settings(max_examples=300)
@given(BEGINNINGS, PIECES)
def test_broken_files_are_read_as_far_as_they_go_or_refused(beginning: str, rest: str) -> None:
    try:
        found = read_import((beginning + rest).encode("utf-8", "surrogatepass"))
    except NewsreaderError:
        return
    addresses = [*(source.url for source in found.sources), *(article.url for article in found.articles)]
    assert all(address.startswith(("http://", "https://")) for address in addresses)


@pytest.mark.parametrize(
    ("beginning", "unit"),
    [
        ("https://a.example/ ", '"'),
        ("https://a.example/ ", '"\\'),
        ("https://a.example/ ", "~ "),
        ("<opml>", " "),
        ("<opml>", "<!"),
        ("<opml>", "<outline>"),
        ("<?xml", " "),
        ("<DL>", "<DL>"),
        ("<DL>", "<A HREF=x>"),
        ("<DL>", "<!--"),
        ("url,title\n", '"'),
        ("url,title\n", ",\n"),
        ("[", "["),
        ('["', "\\u00"),
    ],
)
def test_a_megabyte_of_anything_is_read(beginning: str, unit: str) -> None:
    with suppress(NewsreaderError):
        imported(beginning + unit * (1_000_000 // len(unit)))


# --- what is odd in one place costs that place alone ---


@pytest.mark.parametrize("half", ["&#xd83d;", "&#55357;", "\ud83d"], ids=ascii)
def test_half_a_character_costs_a_list_of_sources_that_character_alone(half: str) -> None:
    opml = f"""<opml version="2.0"><body><outline text="Group {half}"><outline text="Tide {half}" type="rss"
    xmlUrl="https://tide.example/feed?{half}"/></outline><outline text="B" xmlUrl="https://b.example/"/></body></opml>"""
    found = read_import(opml.encode("utf-8", "surrogatepass"))
    assert [(source.title, source.group) for source in found.sources] == [("Tide \ufffd", "Group \ufffd"), ("B", "")]
    html = f"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF='https://a.example/'>Tide {half}</A></DL>"
    assert read_import(html.encode("utf-8", "surrogatepass")).articles[0].title == "Tide \ufffd"


@pytest.mark.parametrize("half", [r"\ud83d", "\ud83d"], ids=ascii)
def test_half_a_character_costs_a_list_of_articles_that_character_alone(half: str) -> None:
    entry = f'{{"url": "https://a.example/{half}", "title": "Tide {half}", "tags": ["{half}a"], "is_archived": 0}}'
    found = read_import(f"[{entry}, {{}}]".encode("utf-8", "surrogatepass"))
    assert [(article.title, article.tags) for article in found.articles] == [("Tide \ufffd", ("\ufffda",))]


@pytest.mark.parametrize("time", ["inf", "1e999", "-inf", "nan", "9" * 400, "1e308"])
def test_a_time_that_is_none_is_no_time(time: str) -> None:
    found = imported(f"url,title,time_added\nhttps://a.example/,Tide,{time}\n")
    assert found.articles[0].added_at is None


def test_titles_are_unescaped_only_where_a_program_escapes_them() -> None:
    entry = '{"title": "Salt &amp; light", "canonical": [{"href": "https://a.example/1"}], "origin": {"id": 1}}'
    assert [one.title for one in imported(f'{{"items": [{entry}]}}').articles] == ["Salt & light"]
    plain = '[{"title": "What &amp; means", "url": "https://a.example/1", "tag_names": [], "unread": true}]'
    assert [one.title for one in imported(plain).articles] == ["What &amp; means"]


def test_a_list_with_a_comma_too_many_is_read() -> None:
    entry = '{"url": "https://a.example/1", "title": "One", "tag_names": ["sea",], "unread": true,}'
    assert [(one.title, one.tags) for one in imported(f'{{"results": [{entry},]}}').articles] == [("One", ("sea",))]
