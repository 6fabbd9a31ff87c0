"""Which of Textual's actions does what the keymap names: bindings, help and palette come from this table."""

from collections.abc import Mapping

from textual.binding import Binding

from newsreader.keymap import ACTION, ACTIONS, Bindings, Where, preset_bindings, shown_key, with_layouts
from newsreader.values import dataclass

# The keymap's actions that this screen has, with Textual's name for them: of the screen, unless another place is named.
DONE_BY: Mapping[str, str] = {
    "down": "move(1)",
    "up": "move(-1)",
    "top": "edge(-1)",
    "bottom": "edge(1)",
    "half-page-down": "half_page(1)",
    "half-page-up": "half_page(-1)",
    "read-on": "read_on",
    "page-down": "page(1)",
    "page-up": "page(-1)",
    "pane-left": "pane(-1)",
    "pane-right": "pane(1)",
    "next-pane": "pane(0)",
    "previous-pane": "pane(0)",
    "read": "take",
    "next-article": "neighbour(1)",
    "previous-article": "neighbour(-1)",
    "next-unread": "unread(1)",
    "previous-unread": "unread(-1)",
    "next-heading": "heading(1)",
    "previous-heading": "heading(-1)",
    "language": "language",
    "open-in-browser": "open_in_browser",
    "open-in-browser-and-go-on": "open_in_browser_and_go_on",
    "follow-link": "take",
    "back": "return",
    "next-link": "choose_link(1)",
    "previous-link": "choose_link(-1)",
    "link-hints": "link_hints",
    "links": "links",
    "discussion": "discussion",
    "find": "find",
    "filter": "filter",
    "search": "search",
    "tags": "tags",
    "similar": "similar",
    "hide-by-rule": "make_rule('hide')",
    "tag-by-rule": "make_rule('tag')",
    "save-by-rule": "make_rule('save')",
    "rules": "rules",
    "next-match": "match(1)",
    "previous-match": "match(-1)",
    "whole-page": "whole_page",
    "choose-list": "choose_list",
    "save": "save",
    "toggle-read": "toggle_read",
    "undo": "undo",
    "mark-source-read": "mark_source_read",
    "refresh": "refresh",
    "download": "download",
    "refresh-all": "refresh_all",
    "add-source": "add_source",
    "edit-sources": "edit_sources",
    "show-arrived": "show_arrived",
    "open-address": "open_address",
    "view-all": "view('all')",
    "view-unread": "view('unread')",
    "view-saved": "view('saved')",
    "view-reading": "view('reading')",
    "images": "images",
    "table-right": "sideways(1)",
    "table-left": "sideways(-1)",
    "justify": "justify",
    "wider": "wider(4)",
    "narrower": "wider(-4)",
    "move-list-up": "move_list(-1)",
    "move-list-down": "move_list(1)",
    "hide-list": "hide_list",
    "show-lists": "show_lists",
    "article-alone": "alone",
    "theme": "app.change_theme",
    "export": "export",
    "pipe": "pipe",
    "import": "import",
    "copy-link": "copy_link",
    "copy-article": "copy_article",
    "commands": "app.command_palette",
    "help": "help",
    "close": "back",
    "leave": "leave",
    "suspend": "app.suspend_process",
    "quit": "app.quit",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done, as help and palette tell of it.

    Attributes:
        action: Textual's action, its place included.
        text: What it does; a message to be translated.
        keys: As they are bound, for people.
        group: The heading that it stands under; a message to be translated.
    """

    name: str
    action: str
    text: str
    keys: tuple[str, ...]
    group: str

    @property
    def shown_keys(self) -> str:
        """The keys in a row."""
        return "  ".join(self.keys)


def offers(bindings: Bindings | None = None) -> list[Offer]:
    """Return everything that can be done, in the order of the help."""
    bound = bindings if bindings is not None else preset_bindings()
    return [
        Offer(
            action.name,
            action_of(action.name),
            action.description,
            tuple(shown_key(key) for key in bound.get(action.name, ())),
            action.group,
        )
        for action in ACTIONS
        if action.name in DONE_BY
    ]


def action_of(name: str) -> str:
    """Return Textual's action for one of the keymap's, its place included."""
    action = DONE_BY[name]
    return action if "." in action else f"screen.{action}"


def screen_bindings(bindings: Bindings | None = None) -> list[Binding]:
    """Return the bindings of the reading screen, letters also by their place in Cyrillic layouts."""
    bound = bindings if bindings is not None else preset_bindings()
    here = with_layouts({name: keys for name, keys in bound.items() if name in DONE_BY})
    return [
        Binding(",".join(keys), DONE_BY[name], ACTION[name].description, show=False, id=name)
        for name, keys in sorted(here.items(), key=lambda item: ACTION[item[0]].where is not Where.FIND)
        if keys
    ]


def key_of(name: str, bindings: Bindings) -> str:
    """Return the key that a sentence names for an action; that of the commands where it has none of its own."""
    return hint_key(name, bindings) or hint_key("commands", bindings)


def key_of_action(action: str, bindings: Bindings) -> str:
    """Return the key for one of Textual's actions, such as "screen.refresh"; empty where it has none."""
    names = [name for name in DONE_BY if action_of(name) == action]
    return hint_key(names[0], bindings) if names else ""


def hint_key(name: str, bindings: Bindings) -> str:
    """Return the key that a hint shows for an action; empty where it has none."""
    keys = bindings.get(name, ())
    return shown_key(keys[0]) if keys else ""
