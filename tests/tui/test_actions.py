"""One table of actions: every row is done by one part of the screen, and no part does what has no row."""

import inspect
from collections import Counter

from newsreader.keymap import ACTION, ACTIONS, Needs
from newsreader.tui.reading.screen import ReadingScreen
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running


async def test_every_action_has_one_handler_and_every_handler_an_action(service: FakeService) -> None:
    async with running(service) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        handlers = Counter(
            name
            for part in screen.parts.actions.parts
            for name, _ in inspect.getmembers(type(part), inspect.isfunction)
            if name.startswith("action_")
        )
        assert set(handlers) == {action.handler for action in ACTIONS}
        assert set(handlers.values()) == {1}
        for action in ACTIONS:
            handler = screen.parts.actions.handler_of(action)
            inspect.signature(handler).bind()  # it takes the argument that the row gives it, and needs no other


def test_a_handler_is_named_after_its_action_unless_the_row_says_otherwise() -> None:
    assert ACTION["copy-link"].handler == "action_copy_link"
    assert ACTION["down"].handler == ACTION["up"].handler == "action_move"
    assert ACTION["up"].arguments == (-1,)


async def test_what_needs_an_article_is_offered_only_with_one(service: FakeService) -> None:
    needing = {action.name for action in ACTIONS if action.needs is Needs.ARTICLE}
    async with running(service) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.parts.panes.to_article()
        assert not needing & {offer.name for offer in screen.parts.actions.offers()}
        await press(pilot, "h", "enter")
        assert needing <= {offer.name for offer in screen.parts.actions.offers()}
