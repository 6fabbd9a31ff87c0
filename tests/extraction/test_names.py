import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsreader.extraction.metadata.names import is_person, split_names
from newsreader.extraction.page import parse_page
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("by JANE DOE, Political Editor", ("JANE DOE",)),
        ("Jane Doe, John Roe und Jana Weiß", ("Jane Doe", "John Roe", "Jana Weiß")),
        ("Von: Karl-Heinz Öhler (kho)", ("Karl-Heinz Öhler",)),
        ("Автор: Иван Петренко", ("Иван Петренко",)),
        ("Текст: Олена Коваль / Фото: Петро Сич", ("Олена Коваль",)),
        ("Di Maria Rossi e Paolo Bianchi", ("Maria Rossi", "Paolo Bianchi")),
        ("Por Ana de la Cruz", ("Ana de la Cruz",)),
        ("Jane Doe | 22 Nov 2026", ("Jane Doe",)),
        ("Jane Doe Senior Reporter", ("Jane Doe",)),
        ("Jane Doe For Coast.com", ("Jane Doe",)),
        ("Jane Doe; Coast News Agency", ("Jane Doe", "Coast News Agency")),
        ("Smith Verlag GmbH & Co. KG", ("Smith Verlag GmbH & Co. KG",)),
        ("홍길동 기자", ("홍길동",)),
        ("作者：王小明", ("王小明",)),
        ("Photo: Ann Lens", ()),
        ("admin", ()),
        ("Creative Commons BY-SA", ()),
        ("", ()),
    ],
)
def test_a_byline_is_taken_apart_into_names(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


def test_the_site_beside_a_person_is_no_author() -> None:
    sites = frozenset({"townherald", "coast"})
    assert split_names("Jane Doe, Town Herald", sites) == ("Jane Doe",)
    assert split_names("Jane Doe, Coast Bremen", sites) == ("Jane Doe",)
    assert split_names("Town Herald", sites) == ("Town Herald",)


@pytest.mark.parametrize(
    "name", ["Jane Doe", "Ludwig van der Meer", "王小明", "Seán O'Brien", "viktor hedlund", "Ян Кот"]
)
def test_these_are_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["Town News", "dpa", "The Guest", "jane-doe", "jane.doe", "Agent 47", "Jane", "Редакция сайта"]
)
def test_these_are_no_persons(name: str) -> None:
    assert not is_person(name)


@settings(deadline=None)
@example("A\xa0.")
@given(st.text(max_size=120))
def test_no_byline_makes_it_fail_and_names_are_clean(text: str) -> None:
    for name in split_names(text):
        assert name == name.strip()
        assert 1 < len(name) <= 400
        assert "\n" not in name


@pytest.mark.parametrize("bit", ["a", " ", "and ", "(", "[", "by ", "von ", ",", "/", "-", "| ", "1", "Jane ", "."])
def test_a_megabyte_takes_no_longer_than_its_length(bit: str) -> None:
    assert_linear(lambda size: split_names(bit * (size // len(bit))))


def test_a_firm_named_after_two_of_one_name_keeps_both() -> None:
    assert split_names("Pennick & Pennick") == ("Pennick & Pennick",)


@pytest.mark.parametrize("href", ["/users/lampkeeper?from=head", "https://lamps.example/@lampkeeper", "/u/lampkeeper/"])
def test_an_account_in_small_letters_is_who_wrote_where_it_is_all_that_the_page_names(href: str) -> None:
    title = "Why the lamp was out on Friday"
    text = (
        "The keeper had lent the wick to the baker, who had lent it to nobody, and there was no other on the island. "
    )
    topics = "<a href='/tag/light'>Lighthouses</a> <a href='/tag/wicks'>Wicks</a> <span>94</span>"
    forum = "Keepers of Lamps and of Bells Forum, 94 points of 100 in two days"
    byline = f"<div>by <span><a href='{href}'>lampkeeper</a></span></div><div>18th Dec 2025</div><div>{forum}</div>"
    head = f"<div>{topics}{'<div>' * 8}<h1>{title}</h1>{'</div>' * 8}{byline}</div>"
    page = (
        f"<html lang=en><head><title>{title}</title></head><body><main>{head}"
        f"<div><p>{text * 4}</p><p>{text * 3}</p></div></main></body></html>"
    )
    article = parse_page(page.encode(), "https://lamps.example/posts/why-the-lamp").article
    assert article is not None
    assert article.authors == ("lampkeeper",)
