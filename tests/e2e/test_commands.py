"""The installed command in pipes and scripts."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from rich.cells import cell_len

from newsreader.cli.headlines import headline_row
from newsreader.jsonform import site_rule_to_json
from newsreader.library_values import TextAnchor
from newsreader.models import Headline
from newsreader.sample.server import SampleServer
from newsreader.sample.stories import sample_paper
from newsreader.site_rules import RuleStep, SiteRule
from newsreader.storage.library import Library
from tests.servers import Answer, SiteServer
from tests.starting import COMMAND, run_command
from tests.waiting import LONG_S


@pytest.fixture
def paper() -> Iterator[SampleServer]:
    """Serve the sample newspaper; a test may stop it."""
    printed = datetime.now(UTC)  # nothing new comes out, however long the test takes
    with SampleServer(lambda: printed) as server:
        yield server


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command and return what it printed."""
    return run_command(arguments, os.environ | {"LC_ALL": "C.UTF-8"} | environment)


def read_json(*arguments: str) -> dict[str, Any]:
    value = json.loads(run("read", "--format", "json", *arguments).stdout)
    assert isinstance(value, dict)
    return value


def first_article(paper: SampleServer) -> str:
    """Return the address of the newest story that was out when the paper was printed."""
    newest = min((s for s in sample_paper().stories["en"] if s.ago > timedelta(0)), key=lambda story: story.ago)
    return paper.base_url.rstrip("/") + newest.path


def test_an_article_is_printed_plain_into_a_pipe(paper: SampleServer) -> None:
    url = first_article(paper)
    title = read_json(url)["title"]
    done = run("read", url)
    assert done.returncode == 0
    assert title in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_the_json_of_an_article_has_every_field(paper: SampleServer) -> None:
    value = read_json(first_article(paper))
    assert set(value) == {
        "url", "final_url", "title", "lead", "authors", "published", "updated", "site_name", "language", "image",
        "translations", "next_url", "word_count", "text", "blocks", "headline_lists", "fetched_at", "from_cache",
        "problem", "fetch_problem", "note", "logged_in", "comments", "enclosures", "categories", "icon",
        "refresh_minutes",
    }  # fmt: skip
    assert value["authors"]
    assert datetime.fromisoformat(value["published"])
    assert value["word_count"] > 20
    assert value["blocks"][0]["type"]
    assert value["headline_lists"][0]["headlines"][0]["url"].startswith(paper.base_url)
    assert value["fetch_problem"] is None


def test_several_addresses_print_one_object_a_line_and_end_with_the_highest_status(paper: SampleServer) -> None:
    url = first_article(paper)
    done = run("read", "--format", "json", url, paper.base_url + "no-such-page", url)
    printed = [json.loads(row) for row in done.stdout.splitlines()]
    assert [each["url"] for each in printed] == [url, paper.base_url + "no-such-page", url]
    assert [each["fetch_problem"] and each["fetch_problem"]["kind"] for each in printed] == [None, "not-found", None]
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 2


def test_plain_words_are_printed_for_screen_readers(paper: SampleServer, own_directories: Path) -> None:
    url = first_article(paper)
    said = run("read", "--plain", url).stdout
    assert "By Ina Corvel" in said
    assert "Quotation:" in said
    assert not {sign for sign in said if 0x2500 <= ord(sign) <= 0x25FF}
    config = own_directories / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[reading]\nplain = true\n")
    assert run("read", url).stdout == said


@pytest.mark.parametrize(("form", "mark"), [("markdown", "# "), ("html", "<!doctype html>"), ("text", "")])
def test_an_article_is_printed_in_the_requested_format(paper: SampleServer, form: str, mark: str) -> None:
    done = run("read", "--format", form, first_article(paper))
    assert done.returncode == 0
    assert done.stdout.lower().startswith(mark)


def test_text_is_wrapped_at_a_width_only_when_one_is_given(paper: SampleServer) -> None:
    url = first_article(paper)
    assert max(map(len, run("read", "--width", "40", url).stdout.splitlines())) <= 40
    assert max(map(len, run("read", url).stdout.splitlines())) > 100


def test_headlines_are_listed_under_their_labels(paper: SampleServer) -> None:
    done = run("headlines", paper.base_url)
    assert done.returncode == 0
    assert paper.base_url in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("feed", ["en/rss.xml", "en/atom.xml"])
def test_a_feed_is_listed_under_its_title_and_its_headlines_can_be_read(paper: SampleServer, feed: str) -> None:
    listed = json.loads(run("headlines", "--format", "json", paper.base_url + feed).stdout)
    (only,) = listed["headline_lists"]
    printed = run("headlines", paper.base_url + feed).stdout
    assert printed.startswith(f"{only['label']}\n\n  20")
    assert "…" not in printed
    first = only["headlines"][0]
    assert first["title"] in run("read", first["url"]).stdout


def test_one_list_of_a_page_is_chosen_by_its_label_or_a_part_of_it(paper: SampleServer) -> None:
    whole = json.loads(run("headlines", "--format", "json", paper.base_url).stdout)["headline_lists"]
    label = next(each["label"] for each in whole if each["label"])
    for words in (label, label.upper(), label[:-1]):
        chosen = json.loads(run("headlines", "--list", words, "--format", "json", paper.base_url).stdout)
        assert [each["label"] for each in chosen["headline_lists"]] == [label]
    missing = run("headlines", "--list", "no such list", paper.base_url)
    assert missing.returncode == 4
    assert label in missing.stderr


def test_headlines_are_limited_in_number_and_by_time(paper: SampleServer) -> None:
    def titles(*options: str) -> list[str]:
        lists = json.loads(run("headlines", "--format", "json", *options, paper.base_url).stdout)["headline_lists"]
        return [headline["title"] for each in lists for headline in each["headlines"]]

    whole = titles()
    assert titles("--limit", "3") == whole[:3]
    newer = titles("--since", "8h")
    assert 0 < len(newer) < len(whole)
    assert set(newer) <= set(titles("--since", "3d"))
    assert run("headlines", "--since", "1999-13-45", paper.base_url).returncode == 2


@pytest.mark.parametrize("columns", [40, 60, 100, 160])
def test_headlines_fit_the_terminal(columns: int) -> None:
    headline = Headline(
        "港の浚渫は三月まで延期される:東の防波堤の下で不発弾が見つかったため 🚢 and then the ferry runs again " * 2,
        "https://tide.example/news/" + "a-very-long-name-of-a-story/" * 8,
        time_text="14:02",
        views=12400,
    )
    rows = [click.unstyle(row) for row in headline_row(headline, 5, columns).split("\n")]
    assert all(cell_len(row) <= columns for row in rows)
    assert rows[0].startswith("  14:02  港")
    assert rows[0].endswith("  12 400")
    assert all(row.startswith(" " * 9) for row in rows[1:])
    assert "…" in rows[-1]


def test_headlines_in_a_pipe_are_never_broken() -> None:
    headline = Headline("A title " * 30, "https://tide.example/" + "a" * 200, time_text="14:02", views=12400)
    title, address = headline_row(headline, 5, None).split("\n")
    assert title == "  14:02  " + ("A title " * 30).strip() + "  (12 400)"
    assert address == " " * 9 + headline.url


def test_with_the_server_stopped_the_copy_is_read_and_its_age_said(paper: SampleServer) -> None:
    url = first_article(paper)
    fresh = read_json(url)
    paper.stop()
    offline = run("read", "--offline", "--format", "json", url)
    assert offline.returncode == 0
    assert json.loads(offline.stdout)["text"] == fresh["text"]
    assert json.loads(offline.stdout)["from_cache"] is True
    assert "copy" in offline.stderr
    failing = run("read", "--format", "json", url)
    assert failing.returncode == 0
    assert json.loads(failing.stdout)["fetch_problem"]["kind"] == "refused"
    assert json.loads(failing.stdout)["from_cache"] is True
    unseen = run("read", url + "-unseen")
    assert unseen.returncode == 3
    assert unseen.stdout == ""
    assert unseen.stderr.startswith("newsreader: ")


def test_a_saved_article_survives_the_clearing_of_the_cache(paper: SampleServer) -> None:
    url = first_article(paper)
    saved = run("save", url)
    assert (saved.returncode, saved.stderr) == (0, "")
    assert run("cache", "clear").returncode == 0
    paper.stop()
    assert read_json("--offline", url)["text"]
    rows = [json.loads(row) for row in run("saved", "--format", "json").stdout.splitlines()]
    assert [row["url"] for row in rows] == [url]
    assert rows[0]["pictures"] >= 1
    assert url in run("saved").stdout
    assert run("remove", url).returncode == 0
    assert run("saved").stdout == ""
    assert run("remove", url).returncode == 3


def test_the_cache_says_what_it_holds_and_where(paper: SampleServer, own_directories: Path) -> None:
    first_article(paper)
    assert run("cache", "path").stdout.strip() == str(own_directories / "cache" / "cache.db")
    info = run("cache", "info")
    assert info.returncode == 0
    assert str(own_directories / "cache" / "cache.db") in info.stdout


def test_the_path_of_an_html_file_is_an_address(paper: SampleServer, tmp_path: Path) -> None:
    url = first_article(paper)
    page = tmp_path / "стаття.html"
    page.write_text(run("read", "--format", "html", url).stdout)
    assert read_json(str(page))["title"] == read_json(url)["title"]


def test_a_page_without_an_article_ends_with_status_4(site: SiteServer) -> None:
    site.routes["/"] = Answer("<html><body><p>Welcome.</p></body></html>")
    for command in ("read", "headlines"):
        done = run(command, site.url())
        assert done.returncode == 4
        assert done.stdout == ""
        assert done.stderr.startswith("newsreader: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "--format", "pdf", "a.example"),
        ("no-such",),
        ("read", "not an address"),
        ("--no-such-option",),
    ],
)
def test_wrong_usage_ends_with_status_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_help_and_version_are_printed() -> None:
    assert "headlines" in run("--help").stdout
    assert run("--version").stdout.startswith("newsreader ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_complete_the_commands(shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0
    assert "_NEWSREADER_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    "said",
    [
        {"COMP_WORDS": "newsreader sy", "COMP_CWORD": "x"},
        {},
        {"COMP_CWORD": "1"},
        {"COMP_WORDS": "newsreader sycn x", "COMP_CWORD": "2"},
        {"COMP_WORDS": 'newsreader "sy', "COMP_CWORD": "99999999999999999999"},
    ],
)
def test_what_cannot_be_completed_writes_nothing_into_the_line_that_is_typed(said: dict[str, str]) -> None:
    done = run(_NEWSREADER_COMPLETE="bash_complete", **said)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


def test_commands_for_pipes_do_not_import_textual(paper: SampleServer) -> None:
    program = (
        "import sys; sys.argv = ['newsreader', 'read', sys.argv[1]]\n"
        "from newsreader.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('textual' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, first_article(paper)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout
    assert done.stderr.strip() == "False"


def test_a_full_pipe_that_closes_early_is_no_error(paper: SampleServer) -> None:
    url = first_article(paper)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'"{COMMAND}" read "{url}" "{url}" | head -c 1'],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""


def test_a_library_that_cannot_be_used_ends_with_status_5(paper: SampleServer, own_directories: Path) -> None:
    library = own_directories / "data" / "library.db"
    library.parent.mkdir(parents=True, exist_ok=True)
    library.write_bytes(b"not a database at all" * 400)
    done = run("save", first_article(paper))
    assert done.returncode == 5
    assert str(library) in done.stderr
    assert library.read_bytes() == b"not a database at all" * 400


def test_the_configuration_is_written_only_on_request_and_its_mistakes_are_named(own_directories: Path) -> None:
    path = own_directories / "config" / "config.toml"
    assert run("config").stdout.strip() == str(path)
    assert run("config", "default").returncode == 0
    assert not path.exists()
    edited = run("config", "edit", EDITOR="true", VISUAL="true")
    assert (edited.returncode, edited.stderr) == (0, "")
    assert path.read_text() == run("config", "default").stdout
    path.write_text("[reading]\nwidth = 900\ncolour = 1\n")
    done = run("cache", "info")
    assert done.returncode == 0
    assert "width" in done.stderr
    assert "colour" in done.stderr


def test_the_whole_page_is_printed_with_its_menus(paper: SampleServer) -> None:
    url = first_article(paper)
    article, whole = run("read", url), run("read", "--whole", url)
    assert whole.returncode == 0
    assert len(whole.stdout) > len(article.stdout)
    assert "Privacy policy" in whole.stdout
    assert "Privacy policy" not in article.stdout
    assert run("read", "--whole", "--offline", url).stdout == whole.stdout


def test_the_rules_for_sites_are_listed_and_removed(own_directories: Path) -> None:
    rule = SiteRule("tide.example", (RuleStep("main", (), 1), RuleStep("div", (".text",), 2)), "https://tide.example/a")
    library = Library.open(own_directories / "data" / "library.db", now=lambda: datetime.now(UTC))
    library.preferences.save("site-rules", {rule.host: site_rule_to_json(rule)})
    library.close()
    assert run("rules").stdout == "tide.example\n    main > div.text\n    https://tide.example/a\n"
    assert json.loads(run("rules", "list", "--format", "json").stdout)["selector"] == "main > div.text"
    done = run("rules", "remove", "other.example", "tide.example")
    assert done.returncode == 4
    assert "There is no rule for other.example." in done.stderr
    assert done.stdout == "removed tide.example\n"
    assert run("rules").stdout == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
def test_an_output_that_is_full_is_reported_and_one_that_is_closed_is_not(paper: SampleServer) -> None:
    reading = f'"{COMMAND}" read "{first_article(paper)}"'
    full, closed = (
        subprocess.run(
            ["sh", "-c", f"{reading} {where}"],
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=LONG_S,
            check=False,
        )
        for where in (">/dev/full", ">&-")
    )
    assert full.returncode == 3
    assert full.stderr.splitlines()[0] == "newsreader: Could not write stdout: the disk is full."
    assert (closed.returncode, closed.stderr) == (0, "")


def test_nothing_is_written_beside_a_directory_that_is_not_there(paper: SampleServer, tmp_path: Path) -> None:
    done = run("export", first_article(paper), "--output", f"{tmp_path / 'nowhere'}{os.sep}")
    assert done.returncode == 3
    assert "its directory does not exist, or is a file" in done.stderr
    assert not list(tmp_path.glob("nowhere*"))


def test_highlights_are_listed_and_written_as_a_notebook(own_directories: Path, tmp_path: Path) -> None:
    nothing = run("highlights")
    assert nothing.returncode == 0
    assert "Nothing is highlighted yet." in nothing.stderr
    library = Library.open(own_directories / "data" / "library.db", now=lambda: datetime.now(UTC))
    anchor = TextAnchor("dredging is delayed", "The ", " to March.", 4, 23)
    library.highlights.add("https://vesti.example/harbour/1", "Harbour", anchor, note="ask about the survey")
    library.close()
    listed = run("highlights", "has:note")
    assert (
        listed.stdout
        == "Harbour\nhttps://vesti.example/harbour/1\n\n  ▌ dredging is delayed\n    ask about the survey\n"
    )
    annotation = json.loads(run("highlights", "--format", "json").stdout)
    assert annotation["target"]["selector"][0]["exact"] == "dredging is delayed"
    assert run("highlights", "tide").returncode == 4
    notebook = tmp_path / "notebook.md"
    written = run("highlights", "-o", str(notebook))
    assert written.stdout == f"{notebook}\n"
    assert "> dredging is delayed\n\nask about the survey\n" in notebook.read_text(encoding="utf-8")
    refused = run("highlights", "-o", str(tmp_path / "notebook.pdf"))
    assert refused.returncode == 2
    assert ".md" in refused.stderr
    assert run("undo").stdout.startswith("Undone")
    assert run("highlights").stdout == ""
