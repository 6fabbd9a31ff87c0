"""`sources`: pages and feeds are followed, listed, changed and removed from the command line."""

import json

import pytest

from newsreader.service.clock import utc_now
from tests.e2e.test_commands import run
from tests.servers import Answer, SiteServer
from tests.test_sources import TEXT, feed, front


@pytest.fixture
def town(site: SiteServer) -> SiteServer:
    """A site with a feed that tells more, one section without, and a page that is away."""
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.routes |= {
        "/": front(head=link),
        "/sea": front(3),
        "/feed": feed(text=f"<![CDATA[{TEXT}]]>", newest=utc_now()),
    }
    return site


def test_sources_are_followed_listed_changed_and_removed(town: SiteServer) -> None:
    added = run("sources", "add", town.url(), town.url("sea"), town.url("gone"), "--group", "Море")
    assert added.returncode == 3
    assert added.stdout.count("follows Гавань сьогодні") == 1
    assert f"sources edit {town.url()} --url {town.url('feed')} follows the feed instead" in added.stderr
    assert "404" in added.stderr
    again = run("sources", "add", town.url("sea"), "--format", "json")
    assert json.loads(again.stdout)["added"] is False

    town.routes["/sea"] = Answer("away", 500)
    assert run("headlines", town.url("sea")).returncode == 0  # from the copy
    listed = run("sources").stdout
    assert "\nМоре\n  Гавань сьогодні  (page, 6 of 6 headlines unread)" in listed
    assert f"! Вісті гавані  (page, 3 of 3 headlines unread)\n    {town.url('sea')}\n    failing since " in listed
    failing = [json.loads(text) for text in run("sources", "list", "--failing", "--format", "json").stdout.splitlines()]
    assert [(each["url"], each["problem"]["kind"]) for each in failing] == [(town.url("sea"), "server-error")]

    edited = run(
        "sources", "edit", town.url(), "--url", town.url("feed"), "--title", "Порт", "--group", "", "--refresh-minutes",
        "15", "--summaries", "--header", "X-Reader: yes", "--user-agent", "Reader/2", "--format", "json",
    )  # fmt: skip
    value = json.loads(edited.stdout)
    assert (value["title"], value["kind"], value["group"], value["url"]) == ("Порт", "feed", "", town.url("feed"))
    assert value["settings"] == {
        "refresh_minutes": 15, "full_articles": False, "user_agent": "Reader/2", "headers": ["X-Reader"],
    }  # fmt: skip
    assert "yes" not in edited.stdout
    assert run("sources", "edit", "Порт", "--header", "Host: x").returncode == 2
    assert run("sources", "remove", "порт").returncode == 0
    assert run("sources", "remove", "порт").returncode == 4
    assert [json.loads(text)["url"] for text in run("sources", "list", "--format", "json").stdout.splitlines()] == [
        town.url("sea")
    ]
