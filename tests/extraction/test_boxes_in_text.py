"""Calls of the site in the middle of a text, known by their form in any language, and what has that form by right."""

import pytest

from newsreader.models import Article, figures_of
from tests.extraction.reading import article_in

TITLE = "Ο παλιός φάρος ανάβει πάλι τις νύχτες"
ONE = (
    "Ο φάρος της Ακρωτηριάς έμεινε σκοτεινός από τότε που ο τελευταίος φύλακας έφυγε για την πόλη, και οι ψαράδες "
    "έβρισκαν τον δρόμο μόνο με τα αστέρια."
)
TWO = (
    "Τρεις μαθητές του γυμνασίου επισκεύασαν τον μηχανισμό με εξαρτήματα από ένα παλιό πλυντήριο και χρειάστηκαν όλο "
    "τον χειμώνα για να τα καταφέρουν."
)
THREE = (
    "Από τον Απρίλιο το φως θα γυρίζει ξανά κάθε βράδυ ως τα μεσάνυχτα, και όποιος θέλει μπορεί να ανέβει τα εκατόν "
    "σαράντα σκαλιά μέχρι τον φανό."
)
CALL = "Χωρίς εσάς δεν θα υπήρχε αυτή η εφημερίδα."


def article_of(between: str) -> Article:
    page = f'<html lang=el><head><meta charset="utf-8"><title>{TITLE} | Η Ακτή</title></head><body><article>'
    page += f"<h1>{TITLE}</h1><div><p>{ONE}</p><p>{TWO}</p>{between}<p>{THREE}</p></div></article></body></html>"
    return article_in(page, "https://akti.example/2026/faros")


@pytest.mark.parametrize(
    "between",
    [
        f"<div><h4>♥</h4><p>{CALL}</p><button>5 €</button><button>10 €</button></div>",
        f"<div><p>{CALL} Στηρίξτε την με όσα μπορείτε κάθε μήνα.</p><button>5 €</button><button>10 €</button></div>",
        f"<div><div><div><p>{CALL}</p><button>Ναι</button></div></div></div>",
        f"<div><p>{CALL}</p><a href='/donate' class='button'>♥</a></div>",
        f"<div><p><strong>Πρωινό δελτίο</strong></p><p>{CALL}</p><p><a href='/newsletter'>Εγγραφή</a></p></div>",
        f"<div class=card><div>💌</div><div class=words>{CALL} <a href='#/portal/signup'>Εγγραφή</a></div></div>",
        "<p><a href='https://apps.apple.com/app/id1'>Κατεβάστε την εφαρμογή μας για κινητά.</a></p>",
        "<div>Η εφαρμογή μας: <a href='https://play.google.com/store/apps/details?id=x'>Android</a> | "
        "<a href='https://apps.apple.com/app/id1'>iOS</a></div>",
        "<p><em>Βρείτε μας στο κανάλι</em> <a href='https://whatsapp.com/channel/0029'>→</a></p>",
        "<p><strong>Δείτε ακόμη:</strong> <a href='/n/7'>Το λιμάνι κλείνει για δύο μήνες</a></p>",
        "<p>一緒に読む:<a href='/n/8'>港の古い倉庫が二か月だけ美術館になる</a></p>",
    ],
)
def test_calls_and_pointers_of_the_site_are_left_out_by_their_form(between: str) -> None:
    assert article_of(between).text == f"{ONE}\n\n{TWO}\n\n{THREE}"


@pytest.mark.parametrize(
    ("between", "words"),
    [
        (
            "<p>Η απόφαση: <a href='https://ministry.example/n/7'>Για τους φάρους των νησιών του νότου</a></p>",
            "απόφαση",
        ),
        ("<p>Όλη η μελέτη: <a href='/m/meleti.pdf'>Οι φάροι της χώρας και η συντήρησή τους</a></p>", "μελέτη"),
        (
            "<p>Το παιχνίδι υπάρχει για <a href='https://apps.apple.com/app/id1'>iOS</a> και για "
            "<a href='https://play.google.com/store/apps/details?id=x'>Android</a>.</p>",
            "παιχνίδι",
        ),
        ("<ul><li><a href='https://apps.apple.com/app/id1'>Sea Chart Pro</a></li><li>Tide Table</li></ul>", "Tide"),
        (
            f"<div class=item><p>{CALL}</p><button>+</button></div><div class=item><p>Δεύτερη απάντηση εδώ.</p>"
            "<button>+</button></div>",
            CALL,
        ),
        (f"<div><p>{CALL} {TWO} {CALL}</p><button>♥ 12</button></div>", CALL),
        (f"<div class=said><p>«{CALL}»</p><button>Κοινοποίηση</button></div>", CALL),
        (f"<div class=c1><p>{CALL}</p><button class='btn btn-copy'>Αντιγραφή</button></div>", CALL),
        (f"<div class=fact><h3>Φάρος</h3><p>{THREE[:80]}.</p><button>Ακούστε</button></div>", THREE[:80]),
        (
            "<p>Δευτέρα: <a href='/n/1'>Από το λιμάνι ως τον παλιό φάρο</a></p>"
            "<p>Τρίτη: <a href='/n/2'>Από τον φάρο ως τη μεγάλη παραλία</a></p>",
            "Δευτέρα: Από",
        ),
    ],
)
def test_lines_and_boxes_of_the_text_stay(between: str, words: str) -> None:
    assert words in article_of(between).text


def test_a_card_with_a_headline_without_blanks_is_another_story() -> None:
    card = (
        "<div class=promo><a href='/n/9'><img src='/b/9.jpg'></a><h3><a href='/n/9'>老街改造明年春天动工</a></h3>"
        "<div>社会</div></div>"
    )
    assert list(figures_of(article_of(card).blocks)) == []
