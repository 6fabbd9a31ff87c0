"""What a reader types and hears beyond reading: highlights, rules, downloads, sessions, pipes, settings, marks."""

from pathlib import Path

import pytest

from newsreader.keymap import ACTIONS
from newsreader.linear.not_here import NOT_HERE
from newsreader.linear.program import LinearProgram
from newsreader.models import Article, Page, Paragraph, Span
from newsreader.urls import host_of
from tests.linear.lines import Typist, after, run
from tests.linear.test_program import source
from tests.tui import newspaper
from tests.tui.fake_service import FakeService

HOST = host_of(newspaper.SITE)
URL = newspaper.address("harbour")
WORDS = "The phase begins in March. A survey found shells. Nobody was hurt."


@pytest.fixture
def service() -> FakeService:
    service = FakeService()
    article = Article(URL, "The tide", (Paragraph((Span(WORDS),)), Paragraph((Span("The end."),))), language="en")
    service.web[URL] = Page(URL, "The tide", article=article)
    return service


def test_every_action_of_the_keymap_is_done_or_says_why_it_is_not(service: FakeService) -> None:
    program = LinearProgram(service, Typist([]))
    assert {action.name for action in ACTIONS} == program.known | NOT_HERE
    assert not program.known & NOT_HERE


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("+", "Plain lines have no layout"),
        ("theme", "Plain lines have no layout"),
        ("v", "Here <, > and * mark several headlines"),
        ("X", "Which block of a page is its list"),
        ("H", "type the number of a headline"),
    ],
)
def test_what_is_not_done_here_says_why(service: FakeService, typed: str, reason: str) -> None:
    printed = run(service, typed, "q", address=newspaper.SITE)
    assert reason in after(printed, f"list> {typed}")[0]


def test_sentences_and_words_are_highlighted_changed_and_undone(service: FakeService) -> None:
    typed = ("1", "v 2-3", "note ask", "highlight-green", "v", "shells", "remove-highlight", *"UUUUU")
    printed = run(service, *typed, address=newspaper.SITE)
    assert after(printed, "article> v 2-3")[0].startswith(
        "Highlighted in yellow: “A survey found shells. Nobody was hurt.”; U to undo"
    )
    assert after(printed, "article> note ask") == ["“A survey found shells. Nobody was hurt.”, yellow. Note: ask"]
    assert after(printed, "article> highlight-green")[0].endswith("green. Note: ask")
    assert after(printed, "article> v")[:2] == ["1. The phase begins in March.", "2. A survey found shells."]
    assert "Highlighted in green: “shells”; U to undo, “note WORDS” adds a note." in printed
    assert after(printed, "article> remove-highlight") == ["Highlight removed · U to undo"]
    assert service.highlighted == []


def test_highlights_are_gone_to_and_listed_and_opened_by_number(service: FakeService) -> None:
    typed = ("1", "}", "v 9", "v no such words", "v 3", "v 1", "}", "}", "q", '"', "2", '"nothing', "q")
    printed = run(service, *typed, address=newspaper.SITE)
    assert after(printed, "article> }") == ["Nothing is highlighted in this article."]
    assert after(printed, "article> v 9") == ["Not found: 9"]
    assert after(printed, "article> v no such words") == ["Not found: no such words"]
    start = printed.index("article> v 1")
    assert after(printed[start:], "article> }")[0] == "“Nobody was hurt.”, yellow"
    listed = after(printed, 'list> "')
    assert listed[0] == "2 highlights"
    assert listed[1] == "1. “Nobody was hurt.”, yellow, The tide"
    assert "“The phase begins in March.”, yellow" in after(printed, "sources> 2")
    assert after(printed, 'article> "nothing') == ["No highlight matches."]


def test_rules_are_made_listed_and_removed(service: FakeService) -> None:
    typed = ("hide-by-rule football", "tag-by-rule", "title:ferry", "sea", "rules", "rules -1", "rules -7", "q")
    printed = run(service, *typed, address=newspaper.SITE)
    assert after(printed, "list> hide-by-rule football")[:2] == ["1. hide: football", "The rule is saved; U to undo."]
    assert "2. tag with sea: title:ferry" in printed
    assert after(printed, "list> rules")[:2] == ["1. hide: football", "2. tag with sea: title:ferry"]
    assert after(printed, "list> rules -7") == ["There is no rule 7."]
    assert [rule.id for rule in service.query_rules_kept] == [2]


def test_what_is_listed_is_downloaded_or_queued_without_a_network(service: FakeService) -> None:
    printed = run(service, "D", "q", address=newspaper.SITE)
    assert after(printed, "list> D")[0].startswith("Downloading ")
    assert any("downloaded." in row for row in after(printed, "list> D"))
    assert service.downloaded
    offline = FakeService()
    offline.store(newspaper.SITE)
    offline.offline_since = offline.clock
    printed = run(offline, "D", "q", address=newspaper.SITE)
    assert "queued: they are fetched when the network is back." in after(printed, "list> D")[0]
    assert offline.waiting


def test_a_site_is_read_as_the_reader_is_logged_in_and_no_password_is_printed(service: FakeService) -> None:
    service.login_page = newspaper.SITE
    typed = ("I firefox", "U", "I", "log-in", "ada", "secret", "I remove", "I /c.txt")
    printed = run(service, *typed, address=newspaper.SITE)
    assert after(printed, "list> I firefox")[0] == f"{HOST} is read as you are logged in there; U to undo."
    assert service.typed_at_login == ("ada", "secret")
    assert "secret" not in "".join(printed)
    assert after(printed, "list> I remove")[0] == f"{HOST} is read without a session again; U to undo."
    assert service.sessions[HOST].origin == "c.txt"


def test_an_article_is_given_to_a_command_and_what_that_prints_is_printed(service: FakeService) -> None:
    printed = run(service, "1", "|grep survey", "|", "", "|false", "q", address=newspaper.SITE)
    assert after(printed, "article> |grep survey") == [WORDS, "grep survey is done."]
    assert "Command; Enter alone: grep survey: " in printed
    assert after(printed, "article> |false") == ["false ended with status 1."]


def test_a_question_from_a_pipe_never_takes_the_next_command(service: FakeService) -> None:
    printed = run(service, "S", "t", "1", "hide-by-rule", "v", address=newspaper.SITE, is_interactive=False)
    assert after(printed, "list> S") == ["Search: when piped in, this goes after the command on the same line."]
    assert after(printed, "list> 1")[0] == "The tide"
    assert not service.query_rules_kept
    assert not service.highlighted


def test_a_lone_slash_from_a_pipe_ends_filter_and_find(service: FakeService) -> None:
    typed = ("/паром", "/", "1", "/survey", "/", "q")
    printed = run(service, *typed, address=newspaper.SITE, is_interactive=False)
    assert "with “паром”" in after(printed, "list> /паром")[0]
    assert "with “" not in after(printed, "list> /")[0]
    assert after(printed, "article> /") == ["Find ended."]


def test_settings_are_printed_and_changed(service: FakeService) -> None:
    typed = ("settings reading.", "settings reading.width 60", "settings reading.width 9000", "settings nothing")
    printed = run(service, *typed, "q", address=newspaper.SITE)
    assert any(row.startswith("reading.width = 72") for row in after(printed, "list> settings reading."))
    assert after(printed, "list> settings reading.width 60") == ["reading.width = 60, changed here"]
    assert after(printed, "list> settings reading.width 9000")[0].startswith("reading.width accepts ")
    assert after(printed, "list> settings nothing") == ["There is no setting “nothing”."]


def test_positions_are_marked_with_letters_and_returned_to() -> None:
    printed = run(FakeService(), "1", "", "M a", "g", "'a", "''", "'x", "M ab", "q", address=newspaper.SITE)
    assert after(printed, "article> M a") == ["Marked: ' a returns here."]
    assert after(printed, "article> 'a") == after(printed, "article> ")
    assert after(printed, "article> ''") == after(printed, "article> g")
    assert after(printed, "article> 'x") == ["This article has no mark x."]


def test_a_list_is_put_in_another_order_and_that_is_remembered(service: FakeService) -> None:
    printed = run(service, "~", "~", address=newspaper.SITE)
    assert after(printed, "list> ~")[0] == "Newest first"
    assert service.choices["list-orders"] == {"all": ["oldest", "lists"]}
    printed = run(service, address=newspaper.SITE)
    assert not printed[2].startswith("1. Углубление")


def test_the_river_goes_on_behind_its_first_page(service: FakeService) -> None:
    service.followed = [source(1, newspaper.SITE, "Вести")]
    service.river_page = 3
    printed = run(service, "river", " ", "q", address=newspaper.SITE)
    assert after(printed, "list>  ")[0].startswith("4. ")


def test_everything_a_list_of_all_sources_is_of_is_marked_read(service: FakeService) -> None:
    service.followed = [source(1, newspaper.SITE, "Вести")]
    service.river_page = 3
    run(service, "river", "A", address=newspaper.SITE)
    assert len(service.read) > 3


def test_a_path_with_cookies_that_cannot_be_read_is_said(service: FakeService, tmp_path: Path) -> None:
    service.unreadable_cookies.add(str(tmp_path / "none"))
    printed = run(service, f"I {tmp_path / 'none'}", address=newspaper.SITE)
    assert any("there is no such file" in row for row in printed)


def test_an_unread_headline_is_opened_by_chance_until_everything_is_read(service: FakeService) -> None:
    printed = run(service, "random-unread", "q", "A", "random-unread", "q", address=newspaper.SITE)
    assert len(service.opened) == 1
    assert after(printed[printed.index("list> A") :], "list> random-unread") == ["Everything is read."]


def test_capitals_count_where_they_are_found_so(service: FakeService) -> None:
    printed = run(service, "1", "/N", "/n", "/THE", "q", address=newspaper.SITE, is_interactive=False)
    assert after(printed, "article> /N")[0].startswith("In 1 paragraph.")
    assert after(printed, "article> /n")[0].startswith("In 2 paragraphs.")
    assert after(printed, "article> /THE")[0].startswith("In 3 paragraphs.")  # nowhere so: the case makes no difference
