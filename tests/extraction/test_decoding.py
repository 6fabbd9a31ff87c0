import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.extraction.decoding import decode
from tests.growth import assert_linear

RUSSIAN = (
    "Портовое управление сообщило в четверг, что вторая очередь работ начнётся в марте, на три месяца позже срока: "
    "при осмотре у восточного волнолома нашли снаряды. Жители просят открыть дорогу к маяку."
)
UKRAINIAN = (
    "Портове управління повідомило в четвер, що друга черга робіт почнеться в березні, на три місяці пізніше: "
    "біля східного хвилерізу знайшли снаряди. Мешканці просять відкрити їхню дорогу до маяка."
)
CHINESE = "港务局星期四表示，第二期疏浚工程将于三月开始，比原计划晚三个月。居民要求在周末开放通往灯塔的道路。"
TAIWANESE = "港務局星期四表示，第二期疏浚工程將於三月開始，比原計劃晚三個月。居民要求在週末開放通往燈塔的道路。"
JAPANESE = "港湾局は木曜日、第二期の工事が三月に始まると発表した。住民は週末に灯台への道を開けるよう求めている。"
KOREAN = "항만청은 목요일 두 번째 준설 공사가 삼월에 시작된다고 밝혔다. 주민들은 등대로 가는 길을 열어 달라고 한다."
POLISH = (
    "Zarząd portu poinformował w czwartek, że drugi etap pogłębiania rozpocznie się w marcu, później niż planowano."
)
GERMAN = "Die Hafenbehörde erklärte am Donnerstag, die Straße für Fußgänger bleibe über den Sommer geöffnet."
GREEK = "Η λιμενική αρχή ανακοίνωσε την Πέμπτη ότι η δεύτερη φάση θα αρχίσει τον Μάρτιο, τρεις μήνες αργότερα."

WRITTEN = [
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "iso-8859-5"),
    (UKRAINIAN, "windows-1251"),
    (UKRAINIAN, "koi8-u"),
    (CHINESE, "gb18030"),
    (TAIWANESE, "big5"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso-2022-jp"),
    (KOREAN, "euc-kr"),
    (POLISH, "windows-1250"),
    (POLISH, "iso-8859-2"),
    (GERMAN, "windows-1252"),
    (GREEK, "windows-1253"),
    (RUSSIAN, "utf-8"),
    (CHINESE, "utf-16"),
    (RUSSIAN, "utf-16-le"),
    (RUSSIAN, "utf-16-be"),
]


def page(words: str, declared: str | None = None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f'<html><head>{meta}<title>Town</title></head><body><div class="main"><p>{words}</p></div></body></html>'


@pytest.mark.parametrize(("words", "encoding"), WRITTEN)
def test_a_page_that_declares_nothing_is_read_right(words: str, encoding: str) -> None:
    assert words in decode(page(words).encode(encoding), None)


@pytest.mark.parametrize(("words", "encoding"), WRITTEN)
def test_a_page_that_declares_its_encoding_is_read_right(words: str, encoding: str) -> None:
    assert words in decode(page(words, encoding).encode(encoding), None)
    assert words in decode(page(words).encode(encoding), f'text/html; Charset="{encoding.upper()}"')


@pytest.mark.parametrize(("words", "encoding"), WRITTEN)
@pytest.mark.parametrize("said", ["utf-8", "utf-16", "rot13", "hex", "../../etc", "", "\x1b[2J"])
def test_a_page_that_names_a_wrong_encoding_is_read_right(words: str, encoding: str, said: str) -> None:
    assert words in decode(page(words, said).encode(encoding), "text/html")
    assert words in decode(page(words).encode(encoding), f"text/html; charset={said}")


@pytest.mark.parametrize(("words", "encoding"), [w for w in WRITTEN if w[0] in (RUSSIAN, UKRAINIAN, CHINESE)])
@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1251", "koi8-r"])
def test_bytes_that_speak_against_a_declared_encoding_win(words: str, encoding: str, said: str) -> None:
    assert words in decode(page(words, said).encode(encoding), None)
    assert words in decode(page(words).encode(encoding), f"text/html; charset={said}")


def test_a_declaration_in_xml_counts() -> None:
    body = f'<?xml version="1.0" encoding="windows-1250"?><rss>{POLISH}</rss>'.encode("windows-1250")
    assert POLISH in decode(body, "text/xml")


def test_the_page_is_believed_before_a_servers_default_latin_1() -> None:
    body = page(POLISH, "iso-8859-2").encode("iso-8859-2")
    assert POLISH in decode(body, "text/html; charset=iso-8859-1")


def test_a_declaration_in_a_comment_does_not_count() -> None:
    body = ('<!-- <meta charset="windows-1251"> -->' + page(POLISH, "windows-1250")).encode("windows-1250")
    assert POLISH in decode(body, None)


def test_latin_1_is_read_with_the_quotes_and_dashes_of_windows_1252() -> None:
    assert "“quoted” – and a €" in decode(page("“quoted” – and a €").encode("cp1252"), "text/html; charset=iso-8859-1")


def test_lone_bad_bytes_become_replacement_characters() -> None:
    body = page(RUSSIAN, "utf-8").encode().replace(b"<p>", b"<p>\xff\xfe ")
    assert "\ufffd\ufffd " + RUSSIAN in decode(body, None)
    assert decode(b"a fair price of \xa3 100 was asked", "text/html; charset=utf-8") == (
        "a fair price of \ufffd 100 was asked"
    )


def test_a_page_cut_within_a_character_keeps_its_encoding() -> None:
    body = ("<p>" + "ж" * 30).encode()[:-1]
    assert decode(body, "text/html; charset=windows-1251").count("ж") == 29


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert decode(GREEK.encode(encoding), "text/html; charset=koi8-r") == GREEK


@settings(deadline=None)
@given(st.binary(max_size=400), st.none() | st.text(max_size=60))
def test_no_bytes_and_no_header_make_it_fail(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_declared_utf_8_comes_back_to_the_letter(text: str) -> None:
    assert decode(text.encode(), "text/html; charset=utf-8") == text.removeprefix("\ufeff")


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(RUSSIAN.split()), min_size=14, max_size=28, unique=True),
    st.sampled_from(["cp1251", "koi8-r"]),
)
def test_any_russian_words_are_distinguished_from_their_mirror_encoding(words: list[str], encoding: str) -> None:
    text = page(" ".join(words))
    assert decode(text.encode(encoding), None) == text


@pytest.mark.parametrize(
    ("bit", "end"),
    [
        (b"<meta ", b""),
        (b"<meta charset=", b""),
        (b"<!--", b""),
        (b"<", b"\xe9"),
        (b"charset", b" " * 1_000_000),
        (b"<?xml ", b"encoding " * 100_000),
        (b"encoding ", b""),
        (b"\x1b$B", b""),
        (b"a\xe9", b""),
        (b"\xd0\xbf", b""),
        (b"\xff\xfe\xfd", b""),
        (b"\xe4\xb8", b""),
    ],
)
def test_long_hostile_bytes_take_no_longer_than_their_length(bit: bytes, end: bytes) -> None:
    assert_linear(lambda size: decode(bit * (size // len(bit)) + end, "text/html; charset" + " " * size), 8_000_000)


def test_a_few_cyrillic_words_in_quotation_marks_are_read_as_the_page_says() -> None:
    text = "<meta charset=windows-1251><p>«The harbour is calm», said the pilot of the boat «Чайка» — «Іда», «Зимовий»."
    assert decode(text.encode("cp1251"), "text/html") == text


# Bytes that are no UTF-8 wherever they are between whole characters: letters of Latin-1, lone continuations, C1.
BAD_SEQUENCES = st.sampled_from([b"\xe9 ", b"\x92", b"\x85", b"\xa0", b"\xff", b"\xfe", b"\xc0", b"\xc3(", b"\xf5"])
DECLARATIONS = st.sampled_from(
    [
        ("text/html; charset=utf-8", ""),
        ("text/html", '<meta charset="utf-8">'),
        ("text/html; charset=ISO-8859-1", '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'),
        (None, '<?xml version="1.0" encoding="UTF-8"?>'),
        ("application/xml", '<?xml version="1.0"?>'),
        ("text/html; charset=utf-8", '<meta charset="windows-1252">'),
    ]
)


@given(
    st.sampled_from([GERMAN, POLISH, UKRAINIAN, GREEK, KOREAN, "The harbour’s pilot said: “Wait”, and that was all."]),
    st.lists(st.tuples(st.integers(min_value=0, max_value=90), BAD_SEQUENCES), min_size=1, max_size=2),
    DECLARATIONS,
)
def test_a_few_bad_bytes_do_not_overrule_what_a_page_says_of_its_coding(
    text: str, bad: list[tuple[int, bytes]], declaration: tuple[str | None, str]
) -> None:
    content_type, head = declaration
    letters = [letter.encode() for letter in text]
    for place, sequence in bad:
        letters.insert(place % len(letters), sequence)
    read = decode(head.encode() + b"<p>" + b"".join(letters), content_type)
    assert read == f"{head}<p>" + "".join(letter.decode("utf-8", "replace") for letter in letters)


def test_letters_of_latin_1_pasted_into_one_part_of_a_page_leave_the_rest_of_it_readable() -> None:
    said = "<meta charset=utf-8><title>Fähre nach Öland fährt für alle</title>"
    below = "<footer>© Börje Ström, Ängö, Kåseberga åäö</footer>"
    assert decode(said.encode() + below.encode("latin-1"), "text/html; charset=utf-8") == said + below.encode(
        "latin-1"
    ).decode("utf-8", "replace")
    scattered = "<meta charset=utf-8><p>Über Öl " + "für Käse, Brötchen, Äpfel " * 9
    assert "Brötchen" in decode(scattered.encode("latin-1") + "ü".encode(), "text/html")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\xed\xa0\xbd\xed\xba\xa2 sails", "🚢 sails"),  # each half of a pair written by itself
        (b"\xed\xa0\xbd sails", "\ufffd sails"),
        (b"\xed\xba\xa2\xed\xa0\xbd sails", "\ufffd\ufffd sails"),
    ],
)
def test_half_a_character_costs_that_character_alone(body: bytes, text: str) -> None:
    head = "Порт — "
    assert decode(head.encode() + body, "text/html; charset=utf-8") == head + text


def test_a_few_zeros_do_not_make_a_page_utf16() -> None:
    zeros = "ab\0c" * 12  # each an even number of bytes from the next, as in UTF-16
    assert RUSSIAN in decode(page(zeros + RUSSIAN).encode(), None)
