"""What is wrong in what was read from a random page, each fault by its kind."""

from collections.abc import Iterator

from benchmarks.markups import Drawn

from newsreader.models import HeadlineList, Page, block_texts


def _norm(text: str | None) -> str:
    return " ".join((text or "").split())


def faults(drawn: Drawn, page: Page) -> Iterator[str]:
    """Yield the kinds of faults, each with the words in question; nothing if the page is entirely right."""
    yield from _article_faults(drawn, page)
    yield from _list_faults(drawn, page)


def _article_faults(drawn: Drawn, page: Page) -> Iterator[str]:
    wanted, article = drawn.material, page.article
    if article is None:
        yield "article: none"
        return
    if _norm(article.title) != _norm(wanted.title):
        yield f"title: {article.title!r}"
    if _norm(article.lead) != _norm(wanted.lead):
        kind = "lead lost" if not article.lead else "lead false"
        yield f"{kind}: {article.lead!r} for {wanted.lead!r}"
    if list(article.authors) != ([wanted.author] if wanted.author else []):
        yield f"authors: {article.authors!r} for {wanted.author!r}"
    shown = article.published
    if shown is None or shown.replace(tzinfo=None) != wanted.published.replace(second=0):
        yield f"date: {shown} for {wanted.published}"
    if (article.language or "").split("-")[0] != wanted.language:
        yield f"language: {article.language}"
    if drawn.choices.get("translation") == "there" and article.translations.get(wanted.other[0]) != wanted.other[1]:
        yield f"translation: {article.translations}"
    texts = [_norm(text) for block in article.blocks for text in block_texts(block) if text.strip()]
    right = [_norm(text) for _, text in wanted.text]
    yield from (f"left in the text: {text[:70]!r}" for text in texts if text not in right and not _is_part(text, right))
    yield from (f"lost: {text[:70]!r}" for text in right if text not in texts)
    yield from (f"cut: {text[:70]!r}" for text in texts if text not in right and _is_part(text, right))
    if sorted(texts) == sorted(right) and texts != right:
        yield "order"


def _is_part(text: str, right: list[str]) -> bool:
    return any(text in other or other in text for other in right)


def _list_faults(drawn: Drawn, page: Page) -> Iterator[str]:
    wanted = drawn.material
    titles = [_norm(row.title) for row in wanted.rows]
    best: HeadlineList | None = max(
        page.headline_lists, key=lambda found: sum(_norm(h.title) in titles for h in found.headlines), default=None
    )
    if best is None:
        yield "list: none"
        return
    if [_norm(headline.title) for headline in best.headlines] != titles:
        yield f"list titles: {len(best.headlines)} for {len(titles)}"
    elif [headline.url for headline in best.headlines] != [row.url for row in wanted.rows]:
        yield "list addresses"
    elif "clock" in drawn.choices["parts of a row"] and [h.time_text for h in best.headlines] != [
        row.clock for row in wanted.rows
    ]:
        yield f"list times: {[h.time_text for h in best.headlines][:3]}"
    elif (
        "views" in drawn.choices["parts of a row"]
        and drawn.choices["rows"] != "bare links"
        and [h.views for h in best.headlines] != [row.views for row in wanted.rows]
    ):
        yield f"list views: {[h.views for h in best.headlines][:3]}"
    if _norm(best.label) != wanted.words["label"]:
        yield f"list label: {best.label!r}"
