import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.extraction.document import parse_document
from newsreader.extraction.problems import find_problem
from newsreader.models import Article, FeedLink, Headline, HeadlineList, ListKind, Paragraph, Problem, Span
from tests.growth import assert_linear

HERE = "https://town.example/news/1204"
SENTENCE = "The harbour authority said that the second phase of the works would begin in March. "
LIST = HeadlineList("Latest", ListKind.LATEST, tuple(Headline(f"Story {n}", f"{HERE}{n}") for n in range(9)))


def article(*paragraphs: str, title: str = "Harbour") -> Article:
    return Article(HERE, title, tuple(Paragraph((Span(text),)) for text in paragraphs))


def problem(
    html: str, found: Article | None = None, *, lists: tuple[HeadlineList, ...] = (), feeds: tuple[FeedLink, ...] = ()
) -> Problem | None:
    return find_problem(parse_document(html, HERE), found, lists, feeds)


def kind(html: str, found: Article | None = None, *, lists: tuple[HeadlineList, ...] = ()) -> str | None:
    what = problem(html, found, lists=lists)
    if what:
        assert "{" not in (what.message or "{")
        assert "{" not in (what.advice or "{")
    return what.kind if what else None


@pytest.mark.parametrize(
    "html",
    [
        "<title>Just a moment...</title><h2>Checking your browser before you enter</h2><p>DDoS protection of the"
        " site</p>",
        "<title>town.example</title><h1>Verify you are human</h1><iframe"
        " src='https://checks.example/turnstile/v0'></iframe>",
        "<title>Access denied</title><p>We noticed unusual activity. Press and hold the button to go on.</p>",
        "<h1>Are you a robot?</h1><form action='/captcha'><input name=answer></form>",
        "<title>Town</title><script src='/cdn/challenge.js'></script><noscript>Enable JavaScript and"
        " cookies</noscript>",
        "<h1>Подтвердите, что вы не робот</h1><p>Проверка браузера займёт несколько секунд</p>",
        "<h1>Підтвердьте, що ви не робот</h1><div id=captcha-box></div>",
        "<h1>Sicherheitsüberprüfung</h1><p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p>",
        "<h1>人机验证</h1><p>请完成安全验证后继续</p>",
    ],
)
def test_a_check_for_robots_is_named(html: str) -> None:
    assert kind(html) == "bot-check"


@pytest.mark.parametrize(
    ("html", "vendor"),
    [
        ("<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'}</script>", "Cloudflare"),
        ("<p>town.example</p><script>var dd={'cid':'A','host':'geo.captcha-delivery.com'}</script>", "DataDome"),
        ("<iframe id=main-iframe src='/_Incapsula_Resource?CWUDNSAI=9&xinfo=1'>Request failed</iframe>", "Imperva"),
        ("<script>window.gokuProps={key:'A'}</script><div id=challenge-container></div>", "AWS WAF"),
        ("<div id=sec-if-cpt-container></div><script src='/_sec/cp_challenge/x.js'></script>", "Akamai"),
        ("<title>Making sure</title><script id=anubis_challenge type=application/json>{}</script>", "Anubis"),
        ("<script src='/TSPD/08a?type=9'></script><noscript>Please enable JavaScript</noscript>", "F5"),
    ],
)
def test_the_check_of_a_vendor_is_named_whatever_its_status(html: str, vendor: str) -> None:
    found = problem(html)
    assert found is not None
    assert (found.kind, dict(found.parameters)) == ("bot-check", {"vendor": vendor})


@pytest.mark.parametrize(
    "watched",
    [
        "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        "<script src='https://js.datadome.co/tags.js'></script>",
        "<script src='/_Incapsula_Resource?SWJIYLWA=5074a744'></script>",
    ],
)
def test_a_page_that_a_vendor_only_watches_over_is_no_check_of_it(watched: str) -> None:
    assert kind(watched + "<div id=root></div><script src=/app.js></script>") == "script-only"
    assert kind(f"{watched}<p>{SENTENCE * 9}</p>", article(SENTENCE * 9)) is None


CONSENT = [
    (
        "We value your privacy",
        "We and our 214 partners use cookies for personalised ads. You can withdraw your consent.",
        "Accept all",
    ),
    (
        "Ihre Privatsphäre",
        "Wir und unsere 214 Partner brauchen Ihre Einwilligung, siehe Datenschutzerklärung.",
        "Alle akzeptieren",
    ),
    (
        "Votre vie privée",
        "Nos 214 partenaires aimeraient déposer des cookies. Vous pouvez continuer sans accepter.",
        "Accepter et fermer",
    ),
    ("Cookie", "Мы используем cookie. Использование файлов нужно нам. Вы можете отклонить все.", "Принять все"),
    ("Twoja zgoda na dane", "Nasi partnerzy i pliki cookie: prosimy o Twoją zgodę na reklamy.", "Zgadzam się"),
]


@pytest.mark.parametrize(("heading", "words", "button"), CONSENT)
def test_a_consent_wall_is_named_even_if_its_words_look_like_an_article(heading: str, words: str, button: str) -> None:
    html = f"<title>Town Herald</title><h1>{heading}</h1><p>{words}</p><button>{button}</button>"
    assert kind(html) == "consent"
    assert kind(html, article(words)) == "consent"
    assert kind(html, article(*[words] * 20)) == "consent"


@pytest.mark.parametrize(
    "html",
    [
        "<title>Page not found - Town Herald</title><h1>Oops</h1><p>Try the search.</p>",
        "<title>Town Herald</title><h1>404</h1>",
        "<title>Error 404 | Town Herald</title>",
        "<title>Seite nicht gefunden</title><h1>Seite nicht gefunden</h1>",
        "<title>Страница не найдена</title>",
        "<h1>Сторінку не знайдено</h1>",
        "<h1>Page introuvable</h1>",
        "<h1>页面不存在</h1>",
        "<h1>ページが見つかりません</h1>",
    ],
)
def test_a_soft_404_is_named_in_spite_of_headlines_on_it(html: str) -> None:
    assert kind(html) == "not-found"
    assert kind(html, lists=(LIST,)) == "not-found"


@pytest.mark.parametrize("heading", ["Log in to Town Herald", "Anmelden", "Вход на сайт", "ログイン"])
def test_a_login_form_is_named(heading: str) -> None:
    form = "<form><input name=name><input type=password><button>OK</button></form>"
    assert kind(f"<title>{heading}</title><h1>{heading}</h1>{form}") == "login"


@pytest.mark.parametrize(
    ("head", "box"),
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
            "Subscribe to continue reading",
        ),
        ('<meta property="article:content_tier" content="locked">', "Dieser Artikel ist nur für Abonnenten"),
        ("", "<b class=paywall-box>Already a subscriber?</b><p>Subscribe to read the full article.</p>"),
        ("", "<p>Cet article est réservé aux abonnés.</p><p>Il vous reste 80 % de cet article à lire.</p>"),
        ("", "<div class=paywall><p>Оформите подписку</p><p>Материал доступен только для подписчиков</p></div>"),
    ],
)
def test_the_stub_before_a_paywall_is_named(head: str, box: str) -> None:
    html = f"<title>Harbour</title>{head}<h1>Harbour</h1><p>{SENTENCE}</p><div>{box}</div>"
    assert kind(html, article(SENTENCE)) == "paywall"
    assert kind(html.replace(SENTENCE, SENTENCE * 40), article(*[SENTENCE] * 40)) is None


@pytest.mark.parametrize(
    "html",
    [
        "<title>Town Herald</title><div id=root></div><script src=/main.js></script>",
        "<title>Town</title><noscript>You need to enable JavaScript to run this app.</noscript><div"
        " id=app></div><script>1</script>",
        "<p>Для работы включите JavaScript в браузере</p>" + "<a href=/a>Menu</a> " * 40 + "<script>1</script>",
    ],
)
def test_a_page_that_only_a_script_fills_is_named(html: str) -> None:
    assert kind(html) == "script-only"


@pytest.mark.parametrize("html", ["", "   ", "<html></html>", "<title>Town</title><body>\n</body>"])
def test_an_empty_page_is_named(html: str) -> None:
    assert kind(html) == "empty"


def test_a_page_in_which_nothing_was_recognised_says_what_it_holds() -> None:
    html = "<h1>Partners of the town</h1>" + "<p>" + "<a href=/a>somewhere</a> words " * 90 + "</p>"
    bare = problem(html)
    assert bare is not None
    assert (bare.kind, dict(bare.parameters)) == ("nothing-found", {"links": "90"})
    fed = problem(html, feeds=(FeedLink("https://town.example/feed.xml"),))
    assert fed is not None
    assert "https://town.example/feed.xml" in fed.advice


# --- no false alarms ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "paragraph"),
    [
        (
            "Why every site asks about cookies",
            "Sites use cookies and ask you to accept all cookies before you continue. We value your privacy, they say.",
        ),
        ("How error 404 got its name", "The number stands for page not found, and every child knows error 404 now."),
        (
            "Are you a robot? Checks annoy readers",
            "Verify you are human, the captcha says; press and hold; unusual traffic was seen.",
        ),
        ("Log in or stay out", "To log in you need a password, and to subscribe to continue reading you need money."),
        ("Missing cat not found", "The cat was not found on Thursday either."),
        ("Enable JavaScript, engineers beg", "You need to enable JavaScript to run this app, say most pages."),
    ],
)
def test_an_article_about_walls_is_an_article(title: str, paragraph: str) -> None:
    page = f"<title>{title} - Town Herald</title><h1>{title}</h1><p>{paragraph}</p>" + f"<p>{SENTENCE * 3}</p>" * 12
    footer = "<p>Already a subscriber? <a href=/login>Log in</a></p><form><input type=password></form>"
    footer += "<button>Accept all</button>"
    assert kind(page + footer, article(paragraph, *[SENTENCE * 3] * 12, title=title)) is None


def test_a_short_piece_of_news_is_no_problem() -> None:
    page = (
        "<title>Missing cat not found - Town Herald</title><h1>Missing cat not found</h1><p>The cat was not found.</p>"
    )
    assert kind(page, article("The cat was not found.", title="Missing cat not found")) is None


def test_a_front_page_is_no_problem() -> None:
    page = "<title>Town Herald</title>" + "".join(f"<li><a href=/{n}>Story {n} of the day</a>" for n in range(200))
    assert kind(page, lists=(LIST,)) is None
    assert kind("<title>Town Herald</title><li><a href=/1>Story</a>", lists=(LIST,)) is None


def test_cookie_notices_over_a_front_page_are_no_problem() -> None:
    notice = "<div><p>We use cookies. We and our partners value your privacy.</p><button>Accept all</button></div>"
    page = "".join(f"<li><a href=/{n}>Story {n} of the day in our town</a>" for n in range(200))
    assert kind(f"<title>Town</title>{notice}{page}", lists=(LIST,)) is None


# --- whatever comes -----------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_no_page_makes_it_fail(text: str, with_article: bool) -> None:
    found = problem(text, article(text or "x") if with_article else None)
    assert found is None or found.message


@pytest.mark.parametrize(
    "bit",
    [
        "a ",
        "verify ",
        "javascript ",
        "enable ",
        "we and our ",
        "accept ",
        "404 ",
        "page not ",
        "subscribe to ",
        "mit ",
        "this article ",
        "включите ",
        "cookie",
        "(",
        "press ",
        "あ",
        "only for ",
    ],
)
def test_a_megabyte_of_anything_takes_no_longer_than_its_length(bit: str) -> None:
    def look(size: int) -> None:
        much = bit * (size // len(bit))
        problem(f"<title>{much}</title><h1>{much}</h1><button>{much}</button><noscript>{much}</noscript><p>{much}</p>")
        problem(f"<p>{much}</p>", article(much))
        problem("<p>" + f"<b>{bit * 9}</b>" * (size // 200), article("x"))

    assert_linear(look)
