"""Words of the web lose what could steer a terminal, and nothing else."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.characters import UNSEEN, ZERO_WIDTH, whole_number
from newsreader.text import clean, clean_markup, line, parse_json, sound_references, without_surrogates
from newsreader.word_counts import unspaced_letters, word_count
from tests.growth import assert_linear

ANYTHING = st.text(alphabet=st.characters(codec=None, categories=None), max_size=200)
STEERING = st.text(alphabet="\x1b[]P^_X\\\x07\x9b\x9d\x90\x9c;52c?0mHab \n\r\t\u202e\u0301", max_size=60)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]52;c;aGVsbG8=\x07copied", "copied"),
        ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d0;title\x9crest", "rest"),
        ("\x1bPdevice\x1b\\rest", "rest"),
        ("\x1b]no end", "no end"),
        ("a\x1b", "a"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066iso\u2069", "iso"),
        ("\ufefftext\ufffe", "text"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
        ("left\u061cright", "leftright"),
        ("a\u3164b\uffa0c\u115fd", "abcd"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
        ("Привет, світе — «так»", "Привет, світе — «так»"),
    ],
)
def test_only_what_steers_or_disguises_is_taken_out(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(ANYTHING | STEERING)
def test_nothing_clean_can_steer_a_terminal(raw: str) -> None:
    kept = clean(raw)
    for letter in kept:
        assert letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\u00ad]", kept)


@given(ANYTHING | STEERING)
def test_cleaned_markup_keeps_every_sign_of_markup_and_steers_no_terminal(raw: str) -> None:
    cleaned = clean_markup(raw)
    signs = [letter for letter in raw if letter in "<>&\"'"]
    assert [letter for letter in cleaned if letter in "<>&\"'"] == signs
    assert clean(cleaned) == cleaned


@given(ANYTHING | STEERING)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x24F), max_size=100))
def test_plain_words_pass_unchanged(words: str) -> None:
    assert clean(words) == words


@given(ANYTHING, st.integers(min_value=1, max_value=50))
def test_a_line_is_one_line_within_its_limit(raw: str, limit: int) -> None:
    one = line(raw, limit)
    assert "\n" not in one
    assert len(one) <= limit


@pytest.mark.parametrize(
    "trigger",
    ["\x1b", "\x1b[", "\x9b", "\x1b]", "\x9d", "\x90", "\x1b[0", "\x1b[;", "\u0301", "\r", "\u202e", "\x1b ", " "],
)
def test_a_megabyte_of_any_trigger_is_cleaned_in_one_pass(trigger: str) -> None:
    count = 1_000_000 // len(trigger)
    assert len(clean("x" + trigger * count)) <= 1_000_001


@given(st.text(st.sampled_from([*"  ab ж—…·é\u00a0\u00ad\u0301\n"]), max_size=12))
def test_a_line_of_common_letters_is_what_cleaning_makes_of_it(raw: str) -> None:
    cleaned = re.sub(r"\s+", lambda spaces: spaces[0] if spaces[0] == "\u00a0" else " ", clean(raw)).strip()
    assert line(raw) == cleaned


def test_white_space_becomes_one_space_and_a_no_break_space_stays() -> None:
    assert line(" 2026\u00a0год,\n  18:18\u00a0 now \u00a0") == "2026\u00a0год, 18:18 now"


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert line("one two three", 8) == "one two…"


MARKS = "\u0301 \u0489 \u0e47 \u0f71 \u07eb \u200d \u200c \ufe0f \U000e0101 \u034f \u1161 \u180b \u17b4 \u3099 \u094d"


@pytest.mark.parametrize("mark", MARKS.split(), ids=ascii)
def test_no_letter_has_more_than_a_few_marks_of_any_script(mark: str) -> None:
    for run in (mark * 10_000, (mark + "\u200b") * 5_000, (mark + "\u0301\ufe0f") * 5_000, (mark + "\x1b[m") * 5_000):
        kept = clean("a" + run + "b")
        assert len(kept) <= 2 + 8
        assert clean(kept) == kept


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from(MARKS.split()), st.characters(categories=["Mn", "Me", "Cf"])), max_size=60
    )
)
def test_no_row_of_marks_is_longer_than_eight(marks: str) -> None:
    kept = clean("a" + marks)
    assert len(kept) <= 9 or "\n" in kept or re.search(f"[^{ZERO_WIDTH}]", kept[1:])
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "words",
    [
        *("မြွှုံ့း", "བསྒྲུབས", "ཧཱུྃ", "שָׁ֑לוֹם", "हिन्दी", "ភាសាខ្មែរ", "ที่นี่", "தமிழ்", "قُرْآنٌ", "ょが", "한국어", "नर्मदाँ"),
        *("👩🏽\u200d❤️\u200d💋\u200d👨🏻", "🏳️\u200d🌈", "1️⃣", "می\u200cخواهم", "క్\u200cష", "ś̷̢", "Việt"),
    ],
)
def test_words_of_every_script_pass_unchanged(words: str) -> None:
    assert clean(words) == words


def test_every_mark_and_every_format_character_that_python_knows_is_known_here() -> None:
    for code in range(0x300, 0x110000):
        letter, category = chr(code), unicodedata.category(chr(code))
        if category in ("Mn", "Me"):
            assert re.match(f"[{ZERO_WIDTH}]", letter), hex(code)
        if category == "Cf" and unicodedata.bidirectional(letter) not in ("AN", "AL", "L", "ON", "R"):
            assert re.match(f"[{UNSEEN}]|[\u200c\u200d]|[{ZERO_WIDTH}]", letter), hex(code)


HALVES = st.text(alphabet=st.sampled_from(["a", "\ud83d", "\ude00", "\udfff", "\ud800", "é", "\\"]), max_size=8)


@given(HALVES)
def test_half_a_character_costs_that_character_alone_and_two_that_fit_are_one(text: str) -> None:
    whole = without_surrogates(text)
    assert whole == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") or "\ufffd" in whole
    assert whole.encode().decode() == whole
    written = "".join(f"&#{ord(letter)};" if "\ud7ff" < letter < "\ue000" else letter for letter in text)
    assert sound_references(written) == whole


@given(st.recursive(HALVES | st.integers(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HALVES, inner)))
def test_json_with_halves_of_characters_is_read_and_can_be_written_again(value: object) -> None:
    for ascii_only in (True, False):
        read = parse_json(json.dumps(value, ensure_ascii=ascii_only))
        json.dumps(read, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d"', "\ufffd"),
        (r'"\ud83d\ud83d\ude00"', "\ufffd😀"),
        (r'"\\ud83d"', r"\ud83d"),  # an escaped backslash, and letters
        (r'"\\\ud83d"', "\\\ufffd"),
        ('"\ud83d"', "\ufffd"),
    ],
)
def test_escapes_of_json_are_read_as_they_are_meant(source: str, value: str) -> None:
    assert parse_json(source) == value


def test_a_number_that_is_too_long_to_be_one_costs_json_that_number_alone() -> None:
    assert parse_json('{"views": %s, "title": "Ferry", "likes": 7}' % ("9" * 5000)) == {
        "views": None,
        "title": "Ferry",
        "likes": 7,
    }


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('{"a": [1, 2,], "b": 3,}', {"a": [1, 2], "b": 3}),
        ('[{"t": "x, ]"},\n]', [{"t": "x, ]"}]),
        ('{"t": "a \\", }",\n }', {"t": 'a ", }'}),
    ],
)
def test_commas_before_a_closing_bracket_are_passed_over(source: str, value: object) -> None:
    assert parse_json(source) == value


@pytest.mark.parametrize("source", ["[,]x", '{"a" 1,}', "[1,,]", '["a,]'])
def test_other_faults_of_json_are_errors(source: str) -> None:
    with pytest.raises(ValueError, match=r"line 1"):
        parse_json(source)


@pytest.mark.parametrize("part", ['"\\', ",", ", ]", '\\"', ",\n\n"])
def test_repairing_json_takes_time_that_grows_with_its_length(part: str) -> None:
    def repair(length: int) -> None:
        with pytest.raises(ValueError, match=r"line 1"):
            parse_json("[x,]" + part * (length // len(part)))

    assert_linear(repair, 1_000_000)


@pytest.mark.parametrize(
    ("markup", "sound"),
    [
        ("&#xd83d;", "\ufffd"),
        ("&#xD83D &#55357;", "\ufffd \ufffd"),
        ("&#55357&#56832;", "😀"),
        ("&#x0000d83d;x", "\ufffdx"),
        ("&#0;", "\ufffd"),
        ("&#x110000;", "\ufffd"),
        ("&#" + "9" * 10**5, "\ufffd"),
        ("&#146;s", "’s"),
        ("&#x96;", "–"),
        ("&#65;&#x1F600;&amp;&lt;", "&#65;&#x1F600;&amp;&lt;"),
        ("a&#11;b&#12;c", "a b c"),
        ("a&#9;b&#10;c&#13;d&#27;", "a&#9;b&#10;c&#13;d&#27;"),
        ("&#xfffe;&#65535;", "\ufffd\ufffd"),
        ("&#;&#x;&#", "&#;&#x;&#"),
    ],
)
def test_references_to_what_is_no_character_become_one(markup: str, sound: str) -> None:
    assert sound_references(markup) == sound


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "+1", " 1", "1_0", "1.0", "1" * 10, "9" * 5000, "1²"])
def test_only_a_few_plain_digits_are_a_number(text: str) -> None:
    assert whole_number(text, -1) == -1


def test_a_few_plain_digits_are_a_number() -> None:
    assert [whole_number(text, -1) for text in ("0", "007", "999999999")] == [0, 7, 999_999_999]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two – three", 4),
        ("日本語の記事", 2),
        ("港口渡轮整夜运行，市议会说。", 4),
        ("เรือข้ามฟากวิ่งตลอดคืน", 8),
        ("សាលាដែលបានសង់", 5),
        ("Version 2 は本日公開。", 4),
    ],
)
def test_words_are_counted_in_scripts_without_spaces_too(text: str, words: int) -> None:
    assert word_count(text) == words


def test_letters_of_scripts_without_spaces_are_counted_without_their_points() -> None:
    assert [unspaced_letters(text) for text in ("Ferry", "날씨 좋다", "渡轮，夜。", "ferry 渡轮")] == [0, 0, 3, 2]
