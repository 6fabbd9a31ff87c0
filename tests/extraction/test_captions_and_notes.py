"""Words beside pictures, notes below a text, what a page asks its readers to agree to."""

import pytest

from newsreader.extraction import phrases
from newsreader.models import Article
from tests.extraction.reading import article_in

URL = "https://quarry.example/2026/09/30/crane-of-the-old-quarry.html"
TITLE = "The crane of the old quarry lifts once more"
TEXT = (
    "For the first time since the quarry closed, its wooden crane has lifted a block of stone, watched by two hundred "
    "people who had walked up from the village in the rain.",
    "The crane was built by three brothers in the winter of the long frost and worked for seventy years, until the "
    "railway came and the stone was cut in another valley.",
    "Its beam had to be replaced, because beetles had eaten it hollow, and the only oak that was long enough stood in "
    "the garden of the parsonage, where a storm felled it.",
    "From next spring on, pupils of the trade school will learn on it how loads were moved by hand, and what a mistake "
    "costs where eleven hundredweight are hanging on a rope.",
)


def article_of(inner: str) -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE} | The Quarry</title></head><body><main>'
        f"<h1>{TITLE}</h1>{inner}</main></body></html>"
    )
    return article_in(html, URL)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or TEXT)


CAPTIONS = (
    "The crane above the lower terrace on the morning of the first load",
    "Der Kran über der unteren Terrasse am Morgen der ersten Last",
    "Кран над нижней террасой утром перед первым подъёмом",
)


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize(
    "form",
    [
        '<div><div><img src="/c.jpg" width="600"></div><div>{}</div></div>',
        '<table><tr><td><img src="/c.jpg" width="600"></td></tr>'
        "<tr><td>{}<br><span>Credit: A. Stone</span></td></tr></table>",
        '<section><img src="/c.jpg" alt="{0}" width="600"><div>'
        "<p>{0}</p><p>Picture: Village archive, with thanks</p></div></section>",
    ],
)
def test_what_is_in_a_box_with_a_picture_is_its_caption_not_the_lead(form: str, caption: str) -> None:
    article = article_of(form.format(caption) + f'<div class="text">{paragraphs()}</div>')
    assert article.lead is None
    assert caption not in article.text


def test_the_standfirst_beside_a_picture_stays_one() -> None:
    lead = "A wooden crane that stood still for a hundred years moves stone again, and pupils will learn on it."
    article = article_of(
        f'<div><img src="/c.jpg" width="600"><div class="standfirst">{lead}</div></div><div>{paragraphs()}</div>'
    )
    assert article.lead == lead


NOTES = ("The winter of 1788.", "Carried up by the pupils themselves, in eleven parts, over two days.")


@pytest.mark.parametrize(
    "note",
    [
        '<div class="n"><a id="note{0}" href="#from{0}">{0}</a><div><p>{1}</p></div></div>',
        '<p><a name="note{0}" href="#from{0}">[{0}]</a> {1}</p>',
        '<div id="note{0}"><p>{1}</p></div>',
    ],
)
@pytest.mark.parametrize("mark", ["<sup>{}</sup>", "[{}]"])
def test_the_notes_that_a_text_leads_to_are_a_part_of_it(note: str, mark: str) -> None:
    marked = [f'{text} <a href="#note{n}" id="from{n}">{mark.format(n)}</a>' for n, text in enumerate(TEXT[:2], 1)]
    notes = "".join(note.format(n, text) for n, text in enumerate(NOTES, 1))
    article = article_of(f"<div>{paragraphs(*marked, *TEXT[2:])}<h2>Remarks</h2>{notes}</div>")
    assert all(text in article.text for text in NOTES)
    assert "Remarks" in article.text


@pytest.mark.parametrize(
    "agreement",
    [
        "By clicking to watch this film, you agree to the terms of its host.",
        "Mit dem Klick auf Abspielen stimmen Sie den Bedingungen des Anbieters zu.",
        "En cliquant sur ce bouton, vous acceptez nos conditions d'utilisation.",
        "Al continuar, aceptas nuestra política de privacidad y los términos.",
        "Ao clicar em enviar, você concorda com os nossos termos de uso.",
        "Нажимая на кнопку, вы соглашаетесь с правилами сайта.",
        "Натискаючи кнопку, ви погоджуєтеся з правилами сайту.",
    ],
)
def test_consent_texts_are_neither_lead_nor_text(agreement: str) -> None:
    article = article_of(
        f"<div>{agreement}</div><div>{paragraphs(*TEXT[:2])}<p>{agreement}</p>{paragraphs(*TEXT[2:])}</div>"
    )
    assert article.lead is None
    assert agreement not in article.text


@pytest.mark.parametrize(
    "sentence",
    [
        "By signing the treaty, both villages agree to share the water of the upper spring.",
        "Mit der Zustimmung des Kreises beginnt der Bau im Mai.",
        "En continuant ainsi, le village perdra son école.",
        "Нажимая на рычаг, мастер поднимает груз.",
    ],
)
def test_a_sentence_of_the_text_is_no_agreement(sentence: str) -> None:
    assert phrases.AGREEMENT.search(sentence) is None


@pytest.mark.parametrize("label", ["Latest news", "Related articles"])
def test_teasers_below_a_heading_of_other_stories_go_with_their_headlines(label: str) -> None:
    teaser = (
        "Nobody knows yet who will pay for the new road that leads to the spring, but the county has an idea by now."
    )
    others = f'<div><h3><a href="/5">Another story of the valley, the fifth</a></h3><p>{teaser}</p></div>'
    article = article_of(f"<div>{paragraphs()}</div><div><h2>{label}</h2>{others}</div>")
    assert teaser not in article.text


def test_an_item_that_is_mostly_links_stays_beside_its_likes() -> None:
    items = (
        "<li>Good: light, and quick to set up</li><li>Bad: needs four hands</li>"
        '<li>Seen at: <a href="/a">the mill above the weir</a>, <a href="/b">the yard of the two brothers</a></li>'
    )
    article = article_of(f"<div>{paragraphs(*TEXT[:2])}<ul>{items}</ul>{paragraphs(*TEXT[2:])}</div>")
    assert "Seen at: the mill above the weir" in article.text


@pytest.mark.parametrize(
    "notice",
    [
        "Note: Comments are moderated, and those that insult others are removed without a word. Names must be true.",
        "ATENÇÃO: Comentários que faltem com o respeito não serão publicados. Escreva com clareza e sem gritar.",
        "Bitte beachten Sie: Kommentare werden erst nach einer Prüfung freigeschaltet, das kann eine Weile dauern.",
        "Комментарии с оскорблениями будут удалены. Правила общения одинаковы для всех читателей сайта.",
        "Коментарі з образами буде видалено. Правила спілкування однакові для всіх читачів сайту.",
        "نرحب بآراء القراء، وقد تتم مراجعة التعليقات قبل ظهورها على الموقع وفق القواعد المعروفة للجميع.",
    ],
)
def test_what_becomes_of_comments_is_not_said_in_the_text(notice: str) -> None:
    article = article_of(f"<div>{paragraphs()}<p>{notice}</p></div>")
    assert notice not in article.text
    assert TEXT[-1] in article.text


def test_a_story_about_comments_keeps_what_it_says_of_them() -> None:
    sentences = (
        "Comments below stories of the quarry are moderated since spring, the board of the village paper has decided.",
        "Offensive comments are deleted within the hour, and their writers are told why, which has calmed the valley.",
    )
    article = article_of(f"<div>{paragraphs(*TEXT, *sentences)}</div>")
    assert all(sentence in article.text for sentence in sentences)
