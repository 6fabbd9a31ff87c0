"""What header and footer say in each state; pure."""

from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.i18n import N_, gettext, ngettext
from newsreader.keymap import Bindings
from newsreader.list_layout import Arrangement, Order
from newsreader.models import Article, Figure, Heading, Opened, picture_urls
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.keys import action_of, hint_key
from newsreader.tui.reading.state import View
from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.bars import BarLine, Part
from newsreader.tui.widgets.headline_list import Listing
from newsreader.values import dataclass

if TYPE_CHECKING:
    from newsreader.library_values import ReadingPosition


@dataclass(frozen=True)
class StatusFacts:
    """Everything that the two lines depend on."""

    site: str  # empty if the list is of everything
    label: str
    count: int
    new: int  # of the unread ones
    unread: int
    copied_at: datetime | None
    now: datetime
    online: bool
    offline_since: datetime | None
    is_refreshing: bool
    downloading: tuple[int, int] | None  # how many of how many
    needs_network: bool  # the chosen headline does, and there is no network
    is_queued: bool  # it waits for that
    progress: tuple[int, int] | None  # of refreshing every source: how many are done, of how many
    in_sources: bool
    can_follow: bool  # what is listed is no source yet
    has_sources: bool
    in_article: bool
    has_one_pane: bool
    position: tuple[int, int]
    title: str
    article: Article | None
    percent: int | None
    is_loading: bool
    has_failed: bool
    has_choices: bool
    is_saved: bool
    flash: str
    trail: int
    arrangement: Arrangement
    hides_read: bool
    is_other_view: bool
    keys: Bindings
    found: tuple[int, int, bool] | None = None  # while something is sought in the article: which match, of how many
    sought: str = ""  # the words that the list is filtered by
    filtered_count: int = 0
    whole_count: int = 0  # how many headlines there are without that
    selecting: str = ""  # how many words are being selected; empty while none are
    on_highlight: bool = False  # they are highlighted
    has_wide_table: bool = False  # in view
    goes_on: bool = False  # there are more headlines than are listed so far
    is_folded: bool | None = None  # the group or list whose label is under the cursor; None if that is no label
    pauses_aloud: bool | None = None  # reading aloud is paused; None while nothing is read aloud
    is_logged_in: bool = False  # what is listed was asked for with a session of the reader's


def view_label(view: View) -> str:
    """Return the name of a view; empty if the lists have labels of their own."""
    labels = {
        View.SAVED: gettext("Saved"),
        View.UNREAD: gettext("Unread"),
        View.READING: gettext("Reading now"),
        View.LATER: gettext("Later"),
        View.HISTORY: gettext("History"),
    }
    return labels.get(view, "")


def header(state: StatusFacts) -> BarLine:
    """Return the header."""
    if state.has_one_pane and state.in_article:
        return _article_header(state)
    listed = f"{state.count}+" if state.goes_on else str(state.count)
    of_everything = f"{state.label} · {listed}"
    left = [Part(line(state.site or of_everything, 80), Ink.STRONG, True, 0)]
    if state.sought:
        found = gettext("{count} of {whole} with “{words}”")
        words = found.format(count=state.filtered_count, whole=state.whole_count, words=line(state.sought, 40))
        left.append(Part(words, Ink.ACCENT, weight=5))
    elif state.label and state.site:
        label = f"{line(state.label, 80)} · " if state.label != state.site else ""
        left.append(Part(f"{label}{listed}", weight=3))
    right = []
    if state.arrangement.order is not Order.LISTED:
        right.append(Part(wording.order_words(state.arrangement.order), weight=1))
    if state.hides_read:
        right.append(Part(gettext("read hidden"), weight=1))
    if not state.online:
        since = wording.clock(state.offline_since) if state.offline_since else ""
        right.append(Part(gettext("OFFLINE since {time}").format(time=since), Ink.ACCENT, True, 6))
    if state.progress is not None:
        done, count = state.progress
        right.append(Part(gettext("{done}/{count} sources …").format(done=done, count=count), Ink.ACCENT, weight=5))
    elif state.is_refreshing:
        right.append(Part(gettext("getting …"), weight=2))
    right += _download_parts(state)
    if state.is_logged_in:
        right.append(Part(gettext("as you are logged in"), weight=3))
    right += _age_parts(state)
    if state.unread and state.online:
        n = state.unread
        right.append(Part(ngettext("{count} unread", "{count} unread", n).format(count=n), weight=2))
    if 0 < state.new < state.unread and state.online:
        n = state.new
        right.append(Part(ngettext("{count} new", "{count} new", n).format(count=n), weight=2))
    if state.online:
        right.append(Part(gettext("online"), weight=1))
    return BarLine(tuple(left), tuple(right))


def _download_parts(state: StatusFacts) -> list[Part]:
    if state.downloading is None:
        return []
    done, count = state.downloading
    return [Part(gettext("downloading {done}/{count}").format(done=done, count=count), Ink.ACCENT, weight=5)]


def _age_parts(state: StatusFacts) -> list[Part]:
    words = age_words(state)
    return [Part(words, weight=4)] if words else []


def age_words(state: StatusFacts) -> str:
    """Return how old the line above says the headlines are; nothing if it does not."""
    if state.copied_at is None:
        return ""
    when = wording.day_and_clock(state.copied_at, state.now)
    if not state.online:
        return gettext("headlines of {time}").format(time=when)
    old = wording.age((state.now - state.copied_at).total_seconds())
    return gettext("updated {time} · {age}").format(time=when, age=old)


def _article_header(state: StatusFacts) -> BarLine:
    number, count = state.position
    left = [Part("<", Ink.ACCENT, True, 4, action=action_of("leave"))]
    if count:
        left.append(Part(f"{number}/{count}", weight=3))
    left.append(Part(line(state.title, 300) or line(state.site, 80), Ink.STRONG, True, 0, elastic=True))
    right = [Part(f"{state.percent} %", weight=5)] if state.percent is not None else []
    right = [*_download_parts(state), *right]
    if not state.online:
        right.insert(0, Part(gettext("OFFLINE"), Ink.ACCENT, True, 6))
    return BarLine(tuple(left), tuple(right))


def footer(state: StatusFacts) -> BarLine:
    """Return the footer: the hints that fit, the position, and the key for all keys."""
    tail = (Part(gettext("keys"), key=hint_key("help", state.keys), weight=90, action=action_of("help")),)
    position = _position(state)
    if state.flash:
        return BarLine((Part(line(state.flash, 300), Ink.STRONG, weight=0, is_prose=True),), position, tail)
    return BarLine(tuple(_hints(state)), position, tail)


def _position(state: StatusFacts) -> tuple[Part, ...]:
    if state.selecting:
        return (Part(state.selecting, Ink.ACCENT, weight=80),)
    if state.found is not None and state.in_article:
        number, count, is_all = state.found
        return (Part(f"{number}/{count}" + ("" if is_all else "…"), Ink.ACCENT, weight=80),)
    if state.has_one_pane and state.in_article:
        return ()
    is_out_of_sight = state.has_one_pane  # with the list in its place
    if state.article is None or state.percent is None or is_out_of_sight:
        number, count = state.position
        more = "+" if state.goes_on else ""
        return (Part(f"{number}/{count}{more}", Ink.FAINT, weight=80),) if count and not state.in_article else ()
    from newsreader.typesetting.head import duration_text, reading_minutes

    left = round(reading_minutes(state.article) * (100 - state.percent) / 100)
    parts = [Part(f"{state.percent} %", Ink.FAINT, weight=80)]
    if left:
        parts.append(Part(duration_text(left), Ink.FAINT, weight=10))
    return tuple(parts)


# What is of use in either pane at nearly any time, the most useful first: they fill up what the state asks for.
_USEFUL_IN_ARTICLE = ("find", "toggle-read", "tags", "next-unread", "copy-link", "export", "search", "undo", "commands")
_USEFUL_IN_LIST = ("filter", "toggle-read", "next-unread", "search", "open-address", "undo", "download", "commands")
_FITTING = 10


def fitting_actions(state: StatusFacts) -> tuple[str, ...]:
    """Return the names of the ten actions that fit the moment best; all of them have keys."""
    useful = _USEFUL_IN_ARTICLE if state.in_article else _USEFUL_IN_LIST
    names = dict.fromkeys((*_hinted_actions(state), *useful, "help"))
    return tuple(name for name in names if hint_key(name, state.keys))[:_FITTING]


def _hinted_actions(state: StatusFacts) -> list[str]:
    if state.is_loading:
        return ["close", "open-in-browser", *(["next-article"] if state.count else [])]
    names = _article_hints(state) if state.in_article else _list_hints(state)
    if _has_aloud(state):
        return list(dict.fromkeys(("read-aloud", "close", "next-article", *names)))
    return names


def _has_aloud(state: StatusFacts) -> bool:
    """Return whether an article is read aloud, or was until it was paused: Esc stops that first."""
    return state.pauses_aloud is not None and not state.selecting and not state.is_loading


def _hints(state: StatusFacts) -> list[Part]:
    names = _hinted_actions(state)
    hints = [
        Part(_hint_text(name, state), key=key, weight=70 - number, action=action_of(name))
        for number, name in enumerate(names)
        if (key := hint_key(name, state.keys))
    ]
    is_list_offline = not (state.online or state.in_article or state.is_loading)
    legend = [Part(_legend(state), weight=75)] if is_list_offline else []
    return [*hints[:1], *legend, *hints[1:]]


def _legend(state: StatusFacts) -> str:
    """Return what the marks in the list mean while there is no network."""
    key = hint_key("refresh", state.keys)
    if state.is_queued and state.has_one_pane:
        return gettext("q waits for the network")
    if state.is_queued:
        return gettext("S saved · d stored · q waits for the network")
    if state.needs_network and key and state.has_one_pane:
        return gettext("x needs the network ({key} queues it)").format(key=key)
    if state.needs_network and key:
        return gettext("S saved · d stored · x needs the network ({key} queues it)").format(key=key)
    return gettext("S saved · d stored · x needs the network")


def _article_hints(state: StatusFacts) -> list[str]:
    if state.selecting and state.on_highlight:
        return ["note", "next-colour", "remove-highlight", "copy-selection", "next-highlight", "close", "next-sentence"]
    if state.selecting:
        names = ["keep-highlight", "extend-selection", "next-sentence", "next-word", "note", "close"]
        return [*names, "copy-selection", "next-colour"]
    if state.found is not None:
        return ["next-match", "previous-match", "close", "read-on", "next-article", "save"]
    if state.article is None:
        first = ["refresh"] if state.has_failed else ["follow-link"] if state.has_choices else []
        others = ["next-article", "previous-article"] if state.count else ["open-address"]
        return [*first, "open-in-browser", *others, "leave"]
    names = ["read-on", "next-article", "save"]
    names += ["table-right"] if state.has_wide_table else []
    names += ["language"] if state.article.translations else []
    names += ["back"] if state.trail else []
    return [*names, "leave", "link-hints", "open-in-browser", "article-alone", "whole-page"]


def _list_hints(state: StatusFacts) -> list[str]:
    if state.in_sources:
        return ["read", "refresh-all", "mark-source-read", "edit-sources", "pane-right"]
    if state.sought:
        return ["read", "close", "filter", "next-article", "save", "open-in-browser", "leave"]
    if not state.count and not state.is_refreshing:  # there is nothing here to read or save
        other = ["view-all"] if state.is_other_view else ["view-saved", "refresh"]
        return ["open-address", *other, "search", *(["edit-sources"] if state.has_sources else []), "leave"]
    names = ["read", "next-article", "save"]
    names += ["refresh", "add-source"] if state.can_follow else ["refresh"]
    names += ["open-in-browser", "view-all" if state.is_other_view else "view-saved"]
    return [*names, *(["edit-sources"] if state.has_sources else []), "leave"]


_HINTS = {
    "read-on": N_("read on"),
    "next-article": N_("next"),
    "previous-article": N_("previous"),
    "read": N_("read"),
    "follow-link": N_("choose"),
    "table-right": N_("table"),
    "language": N_("language"),
    "back": N_("back"),
    "link-hints": N_("links"),
    "open-in-browser": N_("browser"),
    "article-alone": N_("alone"),
    "whole-page": N_("whole page"),
    "refresh": N_("refresh"),
    "add-source": N_("follow"),
    "refresh-all": N_("refresh all"),
    "mark-source-read": N_("all read"),
    "edit-sources": N_("sources"),
    "pane-right": N_("headlines"),
    "view-all": N_("all"),
    "view-saved": N_("saved"),
    "close": N_("cancel"),
    "keep-highlight": N_("highlight"),
    "extend-selection": N_("extend"),
    "next-sentence": N_("sentence"),
    "next-word": N_("word"),
    "note": N_("add note"),
    "copy-selection": N_("copy"),
    "next-colour": N_("colour"),
    "remove-highlight": N_("remove"),
    "next-highlight": N_("next one"),
    "next-match": N_("next match"),
    "previous-match": N_("previous match"),
    "filter": N_("other words"),
    "open-address": N_("address"),
    "search": N_("search"),
}


def _hint_text(name: str, state: StatusFacts) -> str:
    if name == "read" and state.is_folded is not None:
        return gettext("unfold") if state.is_folded else gettext("fold")
    if name == "read" and state.in_sources:
        return gettext("show")
    if name == "save":
        return gettext("unsave") if state.is_saved else gettext("save")
    if name == "leave":
        return gettext("list") if state.in_article and state.count else gettext("quit")
    if name == "read-aloud":
        return gettext("continue") if state.pauses_aloud else gettext("pause")
    if name == "close" and _has_aloud(state):
        return gettext("stop reading aloud")
    if name == "close" and state.selecting:
        return gettext("done")
    if name == "close" and not state.is_loading:
        return gettext("all headlines") if state.sought and not state.in_article else gettext("end the find")
    if name == "refresh" and state.has_failed:
        return gettext("try again")
    return gettext(_HINTS[name])


def remark(opened: Opened, now: datetime, *, is_whole: bool = False) -> str:
    """Return the remark above the article about its copy and its block; empty in the usual case."""
    cut = gettext("the whole page") if is_whole else gettext("the block that you chose") if opened.page.by_rule else ""
    note = line(opened.page.note.message, 120) if opened.page.note is not None else ""
    session = gettext("as you are logged in") if opened.logged_in else ""
    is_cut_off = opened.page.problem is not None and opened.page.problem.kind == "paywall"
    paywall = gettext("only the beginning: the rest is for subscribers") if is_cut_off else ""
    return " · ".join(words for words in (_of_copy(opened, now), note, cut, paywall, session) if words)


def _of_copy(opened: Opened, now: datetime) -> str:
    when = wording.day_and_clock(opened.fetched_at, now)
    old = wording.age((now - opened.fetched_at).total_seconds())
    if opened.saved:
        words = gettext("saved copy of {time} · {age}").format(time=when, age=old)
        named = len(picture_urls(opened.page.article)) if opened.page.article is not None else 0
        if opened.pictures is None or not named:
            return words
        kept = gettext("{n} of {all} pictures").format(n=opened.pictures, all=named)
        if opened.pictures >= named:
            kept = ngettext("{count} picture", "{count} pictures", named).format(count=named)
        return f"{words} · {kept}"
    if opened.fetch_problem is not None:
        return gettext("updated {time} · {age} · {problem}").format(
            time=when, age=old, problem=line(opened.fetch_problem.message, 120)
        )
    return ""


def continued(article: Article, kept: "ReadingPosition", key: str) -> str:
    """Return the message after an article was opened where the reader left it."""
    before = article.blocks[: kept.block + 1]
    number = max(1, sum(not isinstance(block, Heading | Figure) for block in before))
    words = gettext("Continued at paragraph {number} ({percent} %) · {key} goes to the top")
    return words.format(number=number, percent=kept.percent, key=key)


def arrived(count: int, keys: Bindings, *, is_short: bool = False) -> str:
    """Return the message when headlines have arrived: the position is kept, and a key shows them."""
    key = hint_key("show-arrived", keys)
    if not key:
        return ngettext("{count} new headline arrived", "{count} new headlines arrived", count).format(count=count)
    if is_short:
        short = ngettext(
            "{count} new headline arrived · {key} shows it", "{count} new headlines arrived · {key} shows them", count
        )
        return short.format(count=count, key=key)
    return ngettext(
        "{count} new headline arrived · {key} shows it (your place is kept)",
        "{count} new headlines arrived · {key} shows them (your place is kept)",
        count,
    ).format(count=count, key=key)


def offline_note(listing: Listing) -> str:
    """Return how much of the list can be read without the network, and how much of the rest waits for it."""
    if not listing.count:
        return ""
    note = gettext("{readable} of {count} can be read now").format(
        readable=listing.readable_offline, count=listing.count
    )
    queued = listing.queued
    if not queued:
        return note
    return f"{note} · " + ngettext("{count} queued", "{count} queued", queued).format(count=queued)
