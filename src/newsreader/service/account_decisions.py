"""What differs between a server's response, what it had before, and what is here: pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field

from newsreader.storage.account_marks import MarkChanges, MarkedStory
from newsreader.storage.accounts import ItemState
from newsreader.values import dataclass

_FEWEST_FOR_WHOLE_LISTS = 20
_MOST_UNASKED, _MOST_UNASKED_PERCENT = 200, 5


@dataclass(frozen=True, slots=True)
class ToSend:
    """Changes of this computer that the server does not have yet: items by the change to make there.

    Attributes:
        whole: Subscriptions in which everything became read, each with the time up to which.
    """

    read: tuple[ItemState, ...] = ()
    unread: tuple[ItemState, ...] = ()
    starred: tuple[ItemState, ...] = ()
    unstarred: tuple[ItemState, ...] = ()
    whole: tuple[tuple[str, int], ...] = ()

    @property
    def items(self) -> frozenset[str]:
        """The ids of them all."""
        return frozenset(each.item for each in (*self.read, *self.unread, *self.starred, *self.unstarred))

    @property
    def single_items(self) -> frozenset[str]:
        """The ids of those that are sent one by one."""
        return self.items - {each.item for each in self.read}.difference(each.item for each in self.single_read)

    @property
    def single_read(self) -> tuple[ItemState, ...]:
        """Items that became read, outside subscriptions that are marked as a whole."""
        streams = frozenset(stream for stream, _ in self.whole)
        return tuple(each for each in self.read if each.stream not in streams)

    def singly_without(self, items: AbstractSet[str]) -> "ToSend":
        """Return what is to be sent without some items, each sent singly."""

        def others(found: tuple[ItemState, ...]) -> tuple[ItemState, ...]:
            return tuple(each for each in found if each.item not in items)

        return ToSend(others(self.read), others(self.unread), others(self.starred), others(self.unstarred))


def to_send(items: Iterable[ItemState]) -> ToSend:
    """Return what was changed here since the last exchange with the server.

    Where all of a subscription that the server had unread is read here, it is to be marked with one call.
    """
    asked = [each for each in items if each.is_settled and not each.is_gone]
    read = [each for each in asked if each.is_read_here and not each.read]
    return ToSend(
        tuple(read),
        tuple(each for each in asked if each.read and not each.is_read_here),
        tuple(each for each in asked if each.is_starred_here and not each.starred),
        tuple(each for each in asked if each.starred and not each.is_starred_here),
        _whole_lists(asked, read),
    )


def _whole_lists(items: Iterable[ItemState], read: Sequence[ItemState]) -> tuple[tuple[str, int], ...]:
    unread: dict[str, list[ItemState]] = defaultdict(list)
    for each in items:
        if not each.read:
            unread[each.stream].append(each)
    changed: dict[str, int] = defaultdict(int)
    for each in read:
        changed[each.stream] += 1
    return tuple(
        (stream, max(each.crawled for each in unread[stream]) + 1)
        for stream, count in changed.items()
        if count >= _FEWEST_FOR_WHOLE_LISTS
        and count == len(unread[stream])
        and all(each.crawled for each in unread[stream])
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """What a server's response changes here.

    Attributes:
        read, unread, starred, unstarred: Items whose story becomes so here.
        known: What the server has of the items whose marks it has changed, or that are new: read, and starred.
    """

    read: tuple[ItemState, ...] = ()
    unread: tuple[ItemState, ...] = ()
    starred: tuple[ItemState, ...] = ()
    unstarred: tuple[ItemState, ...] = ()
    known: dict[str, tuple[bool, bool]] = field(default_factory=dict)

    @property
    def by_absence(self) -> tuple[ItemState, ...]:
        """Items that change only because a list no longer has them."""
        return tuple({each.item: each for each in (*self.read, *self.unstarred) if each.is_settled}.values())

    @property
    def count(self) -> int:
        """How many marks change of items that were known before."""
        return sum(each.is_settled for each in (*self.read, *self.unread, *self.starred, *self.unstarred))

    def without(self, items: AbstractSet[str], *, read: AbstractSet[str], starred: AbstractSet[str]) -> "Decision":
        """Return the decision without anything about some items, without reading some, and without unstarring some."""
        return Decision(
            tuple(each for each in self.read if each.item not in items | read),
            tuple(each for each in self.unread if each.item not in items),
            tuple(each for each in self.starred if each.item not in items),
            tuple(each for each in self.unstarred if each.item not in items | starred),
            {
                item: (has_read and item not in read, is_starred or item in starred)
                for item, (has_read, is_starred) in self.known.items()
                if item not in items
            },
        )

    def marks(self) -> MarkChanges:
        """Return the stories whose marks change."""
        return MarkChanges(*map(_stories, (self.read, self.unread, self.starred, self.unstarred)))


def _stories(items: Iterable[ItemState]) -> tuple[MarkedStory, ...]:
    return tuple({each.story: MarkedStory(each.story, each.url, each.title) for each in items}.values())


@dataclass(frozen=True, slots=True)
class ChangedHere:
    """Stories whose marks were changed here since the server was last asked, by the journal: read, and starred."""

    read: AbstractSet[str] = frozenset()
    starred: AbstractSet[str] = frozenset()


def decide(
    items: Iterable[ItemState],
    unread: AbstractSet[str],
    starred: AbstractSet[str],
    changed: ChangedHere | None = None,
) -> Decision:
    """Return what complete lists of ids change, compared with what the server had before, not with what is here.

    Args:
        items: All that are known.
        unread: The ids of everything that the server has unread.
        starred: The ids of everything that has a star there.
        changed: What was changed here since the server was last asked: it stays as it is.
    """
    changed = changed or ChangedHere()
    known: dict[str, tuple[bool, bool]] = {}
    lists: dict[str, list[ItemState]] = {name: [] for name in ("read", "unread", "starred", "unstarred")}
    for each in items:
        is_read, is_starred = each.item not in unread, each.item in starred
        if each.is_gone and is_read and not is_starred:
            continue
        if (is_read, is_starred) != (each.read, each.starred) or not each.is_settled or each.is_gone:
            known[each.item] = (is_read, is_starred)
        if is_read not in (each.read, each.is_read_here) and each.story not in changed.read:
            lists["read" if is_read else "unread"].append(each)
        if is_starred not in (each.starred, each.is_starred_here) and each.story not in changed.starred:
            lists["starred" if is_starred else "unstarred"].append(each)
    read, unread_again, newly_starred, unstarred = (tuple(each) for each in lists.values())
    return Decision(read, unread_again, newly_starred, unstarred, known)


def is_to_be_asked(decision: Decision, known: int) -> bool:
    """Return whether a response changes so many of the known items that the reader has to agree."""
    return decision.count > _MOST_UNASKED and decision.count * 100 > known * _MOST_UNASKED_PERCENT
