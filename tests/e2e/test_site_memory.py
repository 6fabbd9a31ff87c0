"""A reader who opens several stories of a site sees what they share only at first."""

import os

import pytest

from tests.servers import Answer, SiteServer
from tests.starting import run_command

STORIES = {
    "dike": ("The dike holds", "Water stood at the third mark for two nights. Nobody on Mill Lane slept."),
    "oven": (
        "A village oven is lit again",
        "Flour came by cart, salt by bicycle. The first loaves were gone by eight.",
    ),
    "tram": (
        "Old trams find a new depot",
        "The carriages had rusted behind the brewery. Volunteers oiled every hinge.",
    ),
    "bees": (
        "Bees move to the town hall roof",
        "Three hives arrived before dawn. The mayor wore a veil and said little.",
    ),
}
NOTICE = "Town Gazette respects your peace and stores two small cookies."
INVITATION = "Write to the night desk if you saw something."


def page(name: str) -> Answer:
    title, words = STORIES[name]
    first, second = words.split(". ")
    body = "".join(
        f"<p>{sentence}, as those who were there remember it, and as the {name} itself still shows to all.</p>"
        for sentence in (first, second.rstrip("."), f"It began with the {name}", f"It will not end with the {name}")
    )
    text = f"<h1>{title}</h1>{body}<p>{INVITATION}</p><p>{NOTICE}</p>"
    return Answer(f"<html lang=en><title>{title}</title><body><article>{text}</article></body></html>")


def read(*arguments: str) -> str:
    done = run_command(("read", *arguments), os.environ | {"LC_ALL": "C.UTF-8"})
    done.check_returncode()
    return " ".join(done.stdout.split())


@pytest.fixture
def gazette(site: SiteServer) -> SiteServer:
    site.routes.update({f"/{name}": page(name) for name in STORIES})
    return site


def test_what_two_stories_showed_is_left_out_of_the_third_and_then_of_the_first(gazette: SiteServer) -> None:
    first, second, third, fourth = (read(gazette.url(name)) for name in STORIES)
    assert INVITATION in first
    assert INVITATION in second
    for text in (third, fourth, read("--offline", gazette.url("dike"))):
        assert INVITATION not in text
        assert NOTICE not in text
    assert "It will not end with the tram" in third


def test_the_whole_page_still_has_every_word(gazette: SiteServer) -> None:
    for name in STORIES:
        read(gazette.url(name))
    assert INVITATION in read("--whole", gazette.url("bees"))


def test_a_story_read_again_and_again_loses_nothing(gazette: SiteServer) -> None:
    texts = {read(gazette.url("dike")) for _ in range(4)}
    assert len(texts) == 1
