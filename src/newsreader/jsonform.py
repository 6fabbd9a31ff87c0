"""The one JSON form of pages and blocks, used by the store and by `--format json`.

A block is an object with a `type`:

    {"type": "paragraph", "spans": [SPAN…]}  with "embedded": true where it is a link in place of a video or a post
    {"type": "heading", "level": 2, "spans": [SPAN…]}
    {"type": "quote", "blocks": [BLOCK…], "source": "…" or null}
    {"type": "list", "ordered": false, "start": 1, "items": [[BLOCK…]…]}
    {"type": "preformatted", "text": "…", "language": "…" or null}
    {"type": "figure", "url": "…", "alt": "…", "caption": [SPAN…], "credit": "…" or null}
    {"type": "table", "caption": "…" or null, "rows": [[{"header": true, "spans": [SPAN…]}…]…]}

A SPAN is {"text": "…"} with those of "strong", "emphasis", "code", "superscript" that are true, and "href" of a link.
Times are ISO 8601; those without an offset are the page's local time.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from newsreader.models import (
    Article,
    Block,
    Cell,
    Comments,
    Enclosure,
    FeedLink,
    Figure,
    Heading,
    Headline,
    HeadlineList,
    ListBlock,
    ListKind,
    Page,
    Paragraph,
    Preformatted,
    Problem,
    Quote,
    Span,
    Spans,
    Table,
)
from newsreader.site_rules import Candidate, Purpose, RuleStep, SiteRule
from newsreader.source_values import SourceSettings

Json = dict[str, Any]
_STYLES = ("strong", "emphasis", "code", "superscript")


def _time(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _read_time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def spans_to_json(spans: Spans) -> list[Json]:
    """Return the spans as JSON values."""
    return [
        {"text": span.text}
        | {style: True for style in _STYLES if getattr(span, style)}
        | ({"href": span.href} if span.href else {})
        for span in spans
    ]


def spans_from_json(values: list[Json]) -> Spans:
    """Return the spans of their JSON form."""
    return tuple(Span(**value) for value in values)


def block_to_json(block: Block) -> Json:
    """Return the block in the form that this module documents."""
    match block:
        case Paragraph(spans, embedded):
            form: Json = {"type": "paragraph", "spans": spans_to_json(spans)}
            return form | {"embedded": True} if embedded else form
        case Heading(spans, level):
            return {"type": "heading", "level": level, "spans": spans_to_json(spans)}
        case Quote(blocks, source):
            return {"type": "quote", "blocks": [block_to_json(b) for b in blocks], "source": source}
        case ListBlock(items, ordered, start):
            inner = [[block_to_json(b) for b in item] for item in items]
            return {"type": "list", "ordered": ordered, "start": start, "items": inner}
        case Preformatted(text, language):
            return {"type": "preformatted", "text": text, "language": language}
        case Figure(url, alt, caption, credit):
            return {"type": "figure", "url": url, "alt": alt, "caption": spans_to_json(caption), "credit": credit}
        case Table(rows, caption):
            cells = [[{"header": c.header, "spans": spans_to_json(c.spans)} for c in row] for row in rows]
            return {"type": "table", "caption": caption, "rows": cells}


def block_from_json(value: Json) -> Block:
    """Return the block of its JSON form.

    Raises:
        ValueError: the form is of no known type.
    """
    match value["type"]:
        case "paragraph":
            return Paragraph(spans_from_json(value["spans"]), value.get("embedded", False))
        case "heading":
            return Heading(spans_from_json(value["spans"]), value["level"])
        case "quote":
            return Quote(tuple(block_from_json(b) for b in value["blocks"]), value["source"])
        case "list":
            items = tuple(tuple(block_from_json(b) for b in item) for item in value["items"])
            return ListBlock(items, value["ordered"], value["start"])
        case "preformatted":
            return Preformatted(value["text"], value["language"])
        case "figure":
            return Figure(value["url"], value["alt"], spans_from_json(value["caption"]), value["credit"])
        case "table":
            rows = tuple(tuple(Cell(spans_from_json(c["spans"]), c["header"]) for c in row) for row in value["rows"])
            return Table(rows, value["caption"])
        case other:
            raise ValueError(f"no such block: {other}")


def comments_to_json(comments: Comments | None) -> Json | None:
    """Return where readers' comments are as a JSON value."""
    return {"count": comments.count, "url": comments.url} if comments else None


def enclosure_to_json(enclosure: Enclosure) -> Json:
    """Return the file that comes with an item as a JSON value."""
    return {f.name: getattr(enclosure, f.name) for f in fields(enclosure)}


def _comments_from_json(value: Json | None) -> Comments | None:
    return Comments(**value) if value else None


def _enclosures_from_json(values: list[Json] | None) -> tuple[Enclosure, ...]:
    return tuple(Enclosure(**value) for value in values or ())


def headline_to_json(headline: Headline) -> Json:
    """Return the headline as a JSON value."""
    return {
        "title": headline.title,
        "url": headline.url,
        "time_text": headline.time_text,
        "published": _time(headline.published),
        "views": headline.views,
        "summary": headline.summary,
        "image": headline.image,
        "kicker": headline.kicker,
        "comments": comments_to_json(headline.comments),
        "id": headline.id,
        "enclosures": [enclosure_to_json(each) for each in headline.enclosures],
        "categories": list(headline.categories),
        "authors": list(headline.authors),
    }


def headline_from_json(value: Json) -> Headline:
    """Return the headline of its JSON form."""
    known = {
        "published": _read_time(value["published"]),
        "comments": _comments_from_json(value.get("comments")),
        "enclosures": _enclosures_from_json(value.get("enclosures")),
        "categories": tuple(value.get("categories", ())),
        "authors": tuple(value.get("authors", ())),
    }
    return Headline(**(value | known))


def headline_list_to_json(headlines: HeadlineList) -> Json:
    """Return the list as a JSON value."""
    return {
        "label": headlines.label,
        "kind": str(headlines.kind),
        "more_url": headlines.more_url,
        "headlines": [headline_to_json(h) for h in headlines.headlines],
    }


def headline_list_from_json(value: Json) -> HeadlineList:
    """Return the list of its JSON form."""
    headlines = tuple(headline_from_json(h) for h in value["headlines"])
    return HeadlineList(value["label"], ListKind(value["kind"]), headlines, value["more_url"])


def problem_to_json(problem: Problem | None) -> Json | None:
    """Return the problem as templates and parameters, for the store."""
    if problem is None:
        return None
    return {
        "kind": problem.kind,
        "text": problem.text,
        "hint": problem.hint,
        "parameters": [list(pair) for pair in problem.parameters],
    }


def problem_from_json(value: Json | None) -> Problem | None:
    """Return the problem of its JSON form."""
    if value is None:
        return None
    parameters = tuple((name, words) for name, words in value["parameters"])
    return Problem(value["kind"], value["text"], value["hint"], parameters)


def problem_for_people(problem: Problem | None) -> Json | None:
    """Return the problem with its words filled in, as `--format json` prints it."""
    if problem is None:
        return None
    return {"kind": problem.kind, "text": problem.message, "hint": problem.advice}


def article_to_json(article: Article) -> Json:
    """Return the article as a JSON value."""
    return {
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "authors": list(article.authors),
        "published": _time(article.published),
        "updated": _time(article.updated),
        "site_name": article.site_name,
        "language": article.language,
        "image": article.image,
        "translations": dict(article.translations),
        "next_url": article.next_url,
        "blocks": [block_to_json(b) for b in article.blocks],
    } | _of_the_feed(article)


def _of_the_feed(article: Article) -> Json:
    """Return what only an article that came from a feed has."""
    found = {
        "comments": comments_to_json(article.comments),
        "enclosures": [enclosure_to_json(each) for each in article.enclosures],
        "categories": list(article.categories),
    }
    return {name: value for name, value in found.items() if value}


def _article_from_json(value: Mapping[str, Any]) -> Article:
    return Article(
        **{
            **value,
            "authors": tuple(value["authors"]),
            "published": _read_time(value["published"]),
            "updated": _read_time(value["updated"]),
            "blocks": tuple(block_from_json(b) for b in value["blocks"]),
            "comments": _comments_from_json(value.get("comments")),
            "enclosures": _enclosures_from_json(value.get("enclosures")),
            "categories": tuple(value.get("categories", ())),
        }
    )


_RARE = (
    "by_rule",
    "links",
    "link_blocks",
    "whole_texts",
    "forward_url",
    "icon",
    "refresh_minutes",
)  # what a page mostly has not, and is written only where it has


def page_to_json(page: Page) -> Json:
    """Return the whole page as a JSON value, for the store."""
    return (
        {
            "url": page.url,
            "title": page.title,
            "site_name": page.site_name,
            "language": page.language,
            "article": article_to_json(page.article) if page.article else None,
            "headline_lists": [headline_list_to_json(x) for x in page.headline_lists],
            "feeds": [{"url": f.url, "title": f.title} for f in page.feeds],
            "alternatives": list(page.alternatives),
            "problem": problem_to_json(page.problem),
        }
        | {name: value for name in _RARE if (value := getattr(page, name))}
        | _entries_to_json(page)
        | ({"note": problem_to_json(page.note)} if page.note else {})
    )


def _entries_to_json(page: Page) -> Json:
    return {"entries": [article_to_json(each) for each in page.entries]} if page.entries else {}


def page_from_json(value: Json) -> Page:
    """Return the page of its JSON form.

    Raises:
        ValueError, KeyError, TypeError: the value is not of this form.
    """
    return Page(
        url=value["url"],
        title=value["title"],
        site_name=value["site_name"],
        language=value["language"],
        article=_article_from_json(value["article"]) if value["article"] else None,
        headline_lists=tuple(headline_list_from_json(x) for x in value["headline_lists"]),
        feeds=tuple(FeedLink(**feed) for feed in value["feeds"]),
        alternatives=tuple(value["alternatives"]),
        problem=problem_from_json(value["problem"]),
        by_rule=bool(value.get("by_rule", False)),
        links=int(value.get("links", 0)),
        link_blocks=int(value.get("link_blocks", 0)),
        whole_texts=int(value.get("whole_texts", 0)),
        forward_url=value.get("forward_url"),
        icon=value.get("icon"),
        refresh_minutes=value.get("refresh_minutes"),
        entries=tuple(_article_from_json(each) for each in value.get("entries", ())),
        note=problem_from_json(value.get("note")),
    )


def site_rule_to_json(rule: SiteRule) -> Json:
    """Return the rule as a JSON value, for the store."""
    steps = [{"tag": step.tag, "names": list(step.names), "position": step.position} for step in rule.steps]
    purpose = {"purpose": rule.purpose} if rule.purpose != "article" else {}
    return {"host": rule.host, "steps": steps, "page": rule.page} | purpose


def site_rule_from_json(value: Json) -> SiteRule:
    """Return the rule of its JSON form.

    Raises:
        KeyError, TypeError, ValueError: the value is not of this form.
    """
    steps = (RuleStep(str(s["tag"]), tuple(map(str, s["names"])), int(s["position"])) for s in value["steps"])
    purpose: Purpose = "list" if value.get("purpose") == "list" else "article"
    return SiteRule(str(value["host"]), tuple(steps), str(value["page"]), purpose)


def candidate_to_json(candidate: Candidate) -> Json:
    """Return the candidate as a JSON value."""
    rule = site_rule_to_json(candidate.rule)
    counts = {"word_count": candidate.word_count, "link_count": candidate.link_count}
    return {"rule": rule, "beginning": candidate.beginning} | counts


def candidate_from_json(value: Json) -> Candidate:
    """Return the candidate of its JSON form.

    Raises:
        KeyError, TypeError, ValueError: the value is not of this form.
    """
    counts = int(value["word_count"]), int(value.get("link_count", 0))
    return Candidate(site_rule_from_json(value["rule"]), str(value["beginning"]), *counts)


def source_settings_to_json(settings: SourceSettings) -> Json:
    """Return those of a source's settings that are not as they are by default."""
    return {f.name: value for f in fields(settings) if (value := getattr(settings, f.name)) != f.default}


def source_settings_from_json(value: Json) -> SourceSettings:
    """Return a source's settings; what another version of the program added is left out."""
    known = {f.name: value[f.name] for f in fields(SourceSettings) if f.name in value}
    if "lists" in known:
        known["lists"] = tuple(known["lists"])
    if "headers" in known:
        known["headers"] = tuple((name, header) for name, header in known["headers"])
    return SourceSettings(**known)
