"""Kickers that no class name calls so: in the headline's own element, beside a date, in a script of any kind."""

import pytest

from newsreader.models import Headline
from tests.extraction.lamp import TITLES, headlines

SUBJECTS = ("Town", "Land", "Music", "School")
HINDI = ("परिवहन", "स्वास्थ्य", "साक्षात्कार", "ऊर्जा")
KOREAN = ("교통", "건강", "칼럼", "에너지")
KOREAN_TITLES = (
    "둑이 홍수 전에 고쳐졌다",
    "학교 지붕에 황새 두 마리가 둥지를 틀다",
    "빵값이 삼 년째 오르다",
    "광장에서 아침까지 합창이 이어지다",
)


def address(number: int) -> str:
    return f"/town/story-{48200 + 37 * number}.html"


def kickers_and_titles(rows: tuple[Headline, ...]) -> list[tuple[str | None, str]]:
    return [(one.kicker, one.title) for one in rows]


@pytest.mark.parametrize("subjects", [SUBJECTS, HINDI])
@pytest.mark.parametrize(
    "form",
    [
        "<h3><a href='{a}'><span>{k}<span class=vh>:</span></span> {t}</a></h3>",
        "<p><a href='{a}'><span class=wide></span><b class=red>{k}</b> – {t}</a></p>",
        "<h3><a href='{a}'><em class=subject>{k}.</em> {t}</a></h3>",
        "<h3><a href='{a}'><div class=over><span>{k}</span></div>{t}</a></h3>",
        "<h4><small>{k}</small><br>{t}</h4><p>A sentence about it.</p><a href='{a}'>Read more</a>",
    ],
    ids=["colon for screen readers", "dash", "full stop", "line in the link", "line in the heading"],
)
def test_few_words_that_a_sign_or_a_line_divides_from_most_headlines_are_kickers(
    form: str, subjects: tuple[str, ...]
) -> None:
    rows = "".join(
        f"<div>{form.format(a=address(n), k=kicker, t=title)}</div>"
        for n, (kicker, title) in enumerate(zip(subjects, TITLES, strict=True))
    )
    assert kickers_and_titles(headlines(rows)) == list(zip(subjects, TITLES, strict=True))


def test_the_name_of_a_work_in_italics_is_part_of_the_headline() -> None:
    works = ("Dune", "Hamlet", "Emma", "Ulysses")
    rows = "".join(f"<p><a href='{address(n)}'><em>{work}</em>: {TITLES[n]}</a></p>" for n, work in enumerate(works))
    assert kickers_and_titles(headlines(rows)) == [(None, f"{work}: {TITLES[n]}") for n, work in enumerate(works)]


@pytest.mark.parametrize("form", ["<strong>{k}</strong>", "<div>{k}</div>"])
def test_two_rows_of_three_with_words_of_their_own_above_the_headline_have_kickers(form: str) -> None:
    above = (form.format(k="Town"), "", form.format(k="Music"))
    rows = "".join(f"<article>{above[n]}<h3><a href='{address(n)}'>{TITLES[n]}</a></h3></article>" for n in range(3))
    assert [one.kicker for one in headlines(rows)] == ["Town", None, "Music"]


def test_the_words_over_two_stories_are_no_kickers() -> None:
    rows = "".join(
        f"<div><span>{said}</span><h4><a href='{address(n)}'>{TITLES[n]}</a></h4></div>"
        for n, said in enumerate(("Earlier", "Later"))
    )
    assert [one.kicker for one in headlines(f"<h2>News</h2>{rows}")] == [None, None]


def test_a_subject_of_two_syllables_is_no_part_of_the_date_beside_it() -> None:
    rows = "".join(
        f"<article><span class=kicker>{kicker}</span><h3><a href='{address(n)}'>{title}</a></h3>"
        f"<i class=clock></i> 0{6 - n}.05.2027</article>"
        for n, (kicker, title) in enumerate(zip(KOREAN, KOREAN_TITLES, strict=True))
    )
    found = headlines(rows, "ko")
    assert kickers_and_titles(found) == list(zip(KOREAN, KOREAN_TITLES, strict=True))
    assert [one.published and one.published.day for one in found] == [6, 5, 4, 3]


@pytest.mark.parametrize(
    "form", ["<a class=rubric href='/r/{n}'>{k}</a>", "<div class=category><span>{k}</span></div>"]
)
def test_what_a_class_name_calls_the_category_is_the_kicker_below_the_headline_too(form: str) -> None:
    rows = "".join(
        f"<div><h3><a href='{address(n)}'>{TITLES[n]}</a></h3>{form.format(n=n, k=kicker)}</div>"
        for n, kicker in enumerate(SUBJECTS)
    )
    assert [one.kicker for one in headlines(rows)] == list(SUBJECTS)


def test_names_of_persons_below_the_headlines_are_no_kickers() -> None:
    names = ("Ada Whitlow", "Bert Marsh", "Cora Lund", "Dan Weir")
    rows = "".join(
        f"<div><h3><a href='{address(n)}'>{TITLES[n]}</a></h3><span class=tag>{name}</span></div>"
        for n, name in enumerate(names)
    )
    assert [one.kicker for one in headlines(rows)] == [None] * 4


def test_the_brackets_around_a_kicker_are_left_out() -> None:
    rows = "".join(
        f"<p><a href='{address(n)}'><span class=topic>[{kicker}]</span> {TITLES[n]}</a></p>"
        for n, kicker in enumerate(SUBJECTS)
    )
    assert kickers_and_titles(headlines(rows)) == list(zip(SUBJECTS, TITLES, strict=True))


def test_a_kicker_that_only_its_style_divides_from_the_headline_is_cut_where_most_rows_have_one() -> None:
    rows = "".join(
        f"<p><a href='{address(n)}'><span class=roof>{kicker}</span>{TITLES[n]}</a></p>"
        for n, kicker in enumerate(SUBJECTS)
    )
    assert kickers_and_titles(headlines(rows)) == list(zip(SUBJECTS, TITLES, strict=True))


def test_names_behind_a_stroke_are_no_kickers() -> None:
    names = ("Moritz Wich", "Nina Sustr", "Ann Lens", "Jan Wied")
    rows = "".join(
        f"<article><div>12.05.2020</div><span class=by>/ {name}</span><h3><a href='{address(n)}'>{TITLES[n]}</a></h3>"
        "</article>"
        for n, name in enumerate(names)
    )
    assert [one.kicker for one in headlines(rows)] == [None] * 4
