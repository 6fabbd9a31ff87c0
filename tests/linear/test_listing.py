"""A list as numbered lines, without a program around it."""

from newsreader.linear.listing import LinearList
from newsreader.models import Headline, ListedHeadline


def test_a_story_in_two_lists_is_counted_once() -> None:
    latest = tuple(ListedHeadline(Headline(f"Story {n}", f"https://town.example/{n}")) for n in range(4))
    again = (latest[1], ListedHeadline(Headline("Story 0", "https://town.example/0")))
    listing = LinearList("Town", [("Latest", latest), ("Most read", again)])
    assert listing.heading() == "Town: 4 headlines, 4 unread"
    listing.update([latest[0].headline.url], read=True)
    assert listing.heading() == "Town: 4 headlines, 3 unread"
    assert len(listing.rows) == 6
