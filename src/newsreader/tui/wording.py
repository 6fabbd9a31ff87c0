"""Short texts on the screen: ages, times, days, counts. Pure functions of values; the clock is read elsewhere."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from newsreader import moments
from newsreader.i18n import N_, decimal, gettext, ngettext
from newsreader.list_layout import Grouping, Order

_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def local(moment: datetime) -> datetime:
    """Return an aware time in the reader's zone, a naive one as it is: it is the page's own."""
    return moments.local(moment) if moment.tzinfo else moment


def clock(moment: datetime) -> str:
    """Return the hour and minute for people, such as "14:02"."""
    return f"{local(moment):%H:%M}"


def day(moment: date) -> str:
    """Return a day and month, such as "20 Nov"."""
    return f"{moment.day} {gettext(_MONTHS[moment.month - 1])}"


def day_and_clock(moment: datetime, now: datetime) -> str:
    """Return when something was: the clock alone on the same day, the day before it otherwise."""
    then = local(moment)
    if then.date() == local(now).date():
        return clock(moment)
    year = f" {then.year}" if then.year != local(now).year else ""
    return f"{day(then)}{year} {clock(moment)}"


def day_name(moment: date, today: date) -> str:
    """Return the heading for the headlines of a day: "yesterday", or the day's name."""
    if moment == today - timedelta(days=1):
        return gettext("yesterday")
    if moment.year != today.year:
        return f"{day(moment)} {moment.year}"
    return f"{gettext(_WEEKDAYS[moment.weekday()])}, {day(moment)}"


def age(seconds: float) -> str:
    """Return how old something is: "now", "2 min", "3 h", "2 days"."""
    if seconds < _MINUTE:
        return gettext("now")
    if seconds < _HOUR:
        return gettext("{count} min").format(count=int(seconds // _MINUTE))
    if seconds < _DAY:
        return gettext("{count} h").format(count=int(seconds // _HOUR))
    days = int(seconds // _DAY)
    return ngettext("{count} day", "{count} days", days).format(count=days)


def until_older(seconds: float, *, late_s: float = 0.5) -> float:
    """Return after how many seconds `age` will say something else, and a little later, so that it surely does."""
    unit = _MINUTE if seconds < _HOUR else _HOUR if seconds < _DAY else _DAY
    return unit - max(seconds, 0) % unit + late_s


def views(count: int) -> str:
    """Return how often something was read, such as "1.2k views"."""
    if count < 1000:
        return ngettext("{count} view", "{count} views", count).format(count=count)
    thousands = count / 1000
    if thousands < 1000:
        shown = f"{thousands:.1f}".removesuffix(".0") if thousands < 100 else f"{thousands:.0f}"
        return gettext("{count}k views").format(count=decimal(shown))
    millions = f"{thousands / 1000:.1f}".removesuffix(".0")
    return gettext("{count}M views").format(count=decimal(millions))


def other_sites(names: Sequence[str]) -> str:
    """Return how many more sites have a story, and which: the titles of sources, or hosts."""
    count = len(names)
    hosts = ", ".join(dict.fromkeys(names))
    return ngettext("+{count} more: {hosts}", "+{count} more: {hosts}", count).format(count=count, hosts=hosts)


def saved_words(kept: int, named: int) -> str:
    """Return the message that an article was saved, with how many of its pictures."""
    if not named:
        return gettext("Saved.")
    if kept == named:
        return ngettext("Saved with its picture.", "Saved with its {count} pictures.", named).format(count=named)
    return gettext("Saved with {kept} of {named} pictures.").format(kept=kept, named=named)


def order_words(order: Order) -> str:
    """Return the name of an order."""
    words = {
        Order.LISTED: gettext("in the order of the page"),
        Order.TIME: gettext("newest first"),
        Order.OLDEST: gettext("oldest first"),
        Order.UNREAD: gettext("unread first"),
        Order.SOURCE: gettext("by source"),
    }
    return words[order]


def order_chosen(order: Order) -> str:
    """Return the message about a chosen order: its name, written as a sentence."""
    words = order_words(order)
    return words[:1].upper() + words[1:]


def grouping_words(grouping: Grouping) -> str:
    """Return the name of a grouping."""
    words = {
        Grouping.LISTS: gettext("Grouped as the page has it"),
        Grouping.NONE: gettext("Not grouped"),
        Grouping.DAY: gettext("Grouped by day"),
        Grouping.SOURCE: gettext("Grouped by source"),
    }
    return words[grouping]
