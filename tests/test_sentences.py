"""Sentences: where they begin and end, in many languages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.sentences import sentence_bounds, sentences

DIVIDED = [
    ("en", "The port opened. Ships came! Did they stay? They did…", 4),
    ("en", "Dr. Ada Lund met Mr. J. R. Smith of St. Olaf. They spoke.", 2),
    ("en", "It cost 3.14 dollars, e.g. for tea. Nobody paid.", 2),
    ("en", "“Is it far?” she asked. “It is.” He went on.", 3),
    ("en", "He lives in the U.S. and she in the U.K. The flat is empty.", 2),
    ("en", "They came at 5 p.m. Nobody was there (or so it seemed.) The end.", 3),
    ("en", "See Fig. 3 and No. 5. She said no. Then she left.", 3),
    ("en", "The bridge is old.[3] The road is new.", 2),
    ("en", "Read example.com/news.html for more. It is short.", 2),
    ("en", "Wait... what? Really.", 2),
    ("en", "1. Wash the apples. 2. Cut them.", 2),
    ("de", "Am 3. Oktober kam Hr. Weiß, z. B. mit Obst. Er blieb.", 2),
    ("de", "„Wohin?“, fragte sie. »Nach Hause!« Dann schwieg er.", 3),
    ("fr", "« Où va-t-il\u00a0? » M. Dupont sourit. Il part.", 3),
    ("es", "¿Dónde está? ¡Aquí! El Sr. Gil llegó.", 3),
    ("ru", "А. С. Пушкин родился в г. Москве в 1799 г. Потом он жил и в с. Михайловском.", 2),
    ("ru", "Купили хлеб, соль и т. д. Потом ушли. Это т. е. всё.", 3),
    ("ru", "— Куда? — спросил он. — Домой.", 2),
    ("uk", "У XIX ст. місто росло. Його вул. Хрещатик — див. рис. 5. Так!", 3),
    ("uk", "Тоді І. Я. Франко та ін. Прийшли всі. 25 млн грн. Це багато.", 4),
    ("pl", "Prof. Nowak mieszka przy ul. Długiej. Dnia 3. Maja wyjechał.", 2),
    ("ja", "今日は晴れ。明日は雨！本当？「行く。」と彼は言った。", 4),
    ("zh", "他来了。“你好！”她说：“请坐。”大家笑了……真的。", 4),
    ("hi", "राम घर गया। वह सो गया। क्यों?", 3),
    ("ar", "هل جاء؟ نعم. ذهب إلى البيت!", 3),
    ("ur", "وہ آیا۔ کیا وہ گیا؟ ہاں۔", 3),
    ("ka", "ის მოვიდა. წავიდა? დიახ!", 3),
    ("hy", "Նա եկավ։ Նա գնաց։", 2),
    ("el", "Πού πας; Σπίτι. Ο κ. Νίκος ήρθε.", 3),
    ("am", "እሱ መጣ። እሷ ሄደች።", 2),
    ("he", "הוא בא. היא הלכה?", 2),
    ("my", "သူလာ။ သူသွား။", 2),
    (None, "One line\nAnother line.\n\nA third", 3),
    (None, "", 0),
    (None, " \n ", 0),
    (None, "...", 1),
]


@pytest.mark.parametrize(("language", "text", "count"), DIVIDED)
def test_a_text_has_its_sentences(language: str | None, text: str, count: int) -> None:
    assert len(sentences(text, language)) == count, sentences(text, language)


def test_quotation_marks_and_brackets_stay_with_their_sentence() -> None:
    assert sentences("“Go!” (He went.) “Stay.”", "en") == ["“Go!”", "(He went.)", "“Stay.”"]


def test_a_language_with_a_region_has_the_rules_of_the_language() -> None:
    assert sentences("Am 3. Oktober kam er. Gut.", "de-AT") == ["Am 3. Oktober kam er.", "Gut."]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('.!? \n"”»г1Aa。')), max_size=200))
def test_nothing_but_white_space_is_outside_of_sentences(text: str) -> None:
    bounds = sentence_bounds(text, "en")
    edges = [0, *(edge for pair in bounds for edge in pair), len(text)]
    assert edges == sorted(edges)
    assert all(not text[edges[n] : edges[n + 1]].strip() for n in range(0, len(edges), 2))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in bounds)


@pytest.mark.parametrize("piece", [". ", "a", "“", "A. ", "…”", "\u00a0»", "[1]", "  "])
def test_a_hundred_thousand_characters_take_little_time(piece: str) -> None:
    begun = time.perf_counter()
    sentence_bounds(piece * (100_000 // len(piece)), "en")
    assert time.perf_counter() - begun < 5
