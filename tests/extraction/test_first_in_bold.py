"""A first paragraph in bold as the standfirst, headlines in boxes that are left aside, and what is no standfirst."""

import pytest

from newsreader.models import Article
from tests.extraction.reading import article_in

TITLE = "La vecchia filanda diventa una casa per gli uccelli"
LEAD = "Sotto il tetto crollato i volontari hanno appeso sessanta nidi, e la prima civetta è già arrivata."
ONE = (
    "La filanda di Borgo Lento era chiusa dal 1987 e nessuno sapeva più che cosa farne, finché una maestra non vide "
    "entrare da una finestra rotta due rondini con il becco pieno."
)
TWO = (
    "I nidi sono stati costruiti dai ragazzi della scuola con le assi di un vecchio palco, e ogni classe ne ha "
    "dipinto uno con il colore che preferiva di più."
)
THREE = (
    "Il comune pagherà la recinzione e una piccola torre di legno, dalla quale in primavera si potranno guardare gli "
    "uccelli senza disturbarli mai."
)


def article_of(body: str) -> Article:
    head = f'<html lang=it><head><meta charset="utf-8"><title>{TITLE} - Il Borgo</title></head>'
    return article_in(f"{head}<body>{body}</body></html>", "https://borgo.example/filanda")


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>{TITLE}</h1><p><strong>{LEAD}</strong></p><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></main>",
        f"<main><h1>{TITLE}</h1><p><b>{LEAD}</b><br>{ONE}</p><p>{TWO}</p><p>{THREE}</p></main>",
        f"<main><h1>{TITLE}</h1><div><b>{LEAD}</b><br><br>{ONE}<br><br>{TWO}<br><br>{THREE}</div></main>",
        f"<div><div class=page-header><h1>{TITLE}</h1></div><div><p><b>{LEAD}</b></p><p>{ONE}</p><p>{TWO}</p>"
        f"<p>{THREE}</p></div></div>",
        f"<main><h1>{TITLE}</h1><p><b>{LEAD}</b></p><p>{ONE}</p><p><b>Nido</b></p><p>{TWO}</p><p>{THREE}</p></main>",
    ],
)
def test_a_first_paragraph_in_bold_is_the_standfirst(body: str) -> None:
    article = article_of(body)
    assert article.lead == LEAD
    assert LEAD not in article.text
    assert article.text.startswith(ONE)


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>{TITLE}</h1><p><b>Come è nata l’idea di dare la vecchia filanda alle rondini, secondo lei?</b></p>"
        f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></main>",
        f"<main><h1>{TITLE}</h1><p><b>{LEAD}</b></p><p>{ONE}</p><p><b>{TWO}</b></p><p>{THREE}</p></main>",
        f"<main><h1>{TITLE}</h1><p>{ONE}</p><p><b>{LEAD}</b></p><p>{TWO}</p><p>{THREE}</p></main>",
    ],
)
def test_questions_and_other_paragraphs_in_bold_are_text(body: str) -> None:
    assert article_of(body).lead is None
