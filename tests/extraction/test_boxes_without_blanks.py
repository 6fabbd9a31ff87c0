"""Texts in several boxes, in scripts that put no blanks between words: few characters make a paragraph there."""

import pytest

from newsreader.extraction.page import parse_page

TITLE = "山あいの小さな橋が十年ぶりに開通した"
FIRST = (
    "山あいの集落を結ぶ木の橋が十二日、十年ぶりに開通した。朝の式には子どもから年寄りまで百人余りが集まった。",
    "橋は二〇一六年の大水で流され、以来、住民は川下の国道まで回り道を強いられてきた。買い物にも一時間かかった。",
    "「孫の家がまた近くなった」。最初に渡った農業の沢村キヨさんは、つえを握り直して目を細めた。",
)
SECOND = (
    "新しい橋は長さ三十二メートル。地元の杉を使い、町の大工五人が二年をかけて組み上げたという。",
    "費用の半分は全国から寄せられた募金で、橋のたもとには協力した人の名を刻んだ石が置かれた。",
    "町は来年、対岸の畑へ続く道も直す。",
)
HEADING = "杉の橋に二年"


def text_of(between: str, behind: str = "") -> str:
    first, second = ("".join(f"<p>{each}</p>" for each in texts) for texts in (FIRST, SECOND))
    page = f'<html lang=ja><head><meta charset="utf-8"><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><div>'
    page += f"<div class=text-wrap>{first}</div>{between}<div class=frame><div class=body><h2>{HEADING}</h2>{second}"
    page += f"</div></div></div>{behind}</main></body></html>"
    article = parse_page(page.encode(), "https://yama.example/2026/hashi", "text/html; charset=utf-8").article
    assert article is not None
    return article.text


@pytest.mark.parametrize(
    "between",
    [
        "",
        "<p><a href='https://apps.apple.com/app/id1'>アプリはこちら</a></p>",
        "<div class=nl-box><p>朝のたより</p><p>毎朝七時に届きます。</p><p><a href='/newsletter'>登録</a></p></div>",
    ],
)
def test_boxes_right_behind_a_text_without_blanks_are_read(between: str) -> None:
    assert text_of(between) == "\n\n".join((*FIRST, HEADING, *SECOND))


def test_what_is_behind_a_text_and_has_links_is_another_story() -> None:
    card = f"<div><h3><a href='/n/8'>川の話</a></h3><p><a href='/n/8'>{SECOND[1]}</a></p></div>"
    assert text_of("", card * 2) == "\n\n".join((*FIRST, HEADING, *SECOND))


def test_a_biography_behind_a_text_is_not_read() -> None:
    name = "<h4>大沼千佳</h4>"
    life = (
        f"<section>{name}<p>二〇一五年に入社し、山村の暮らしを長く取材してきた。学校の統廃合にも詳しい。</p></section>"
    )
    assert "入社" not in text_of("", life)
