"""Why some actions of the keymap do nothing in plain lines; pure."""

from newsreader.i18n import N_, gettext

_LOOKS = N_("Plain lines have no layout of their own: your terminal or screen reader decides how they look.")
_IN_VIEW = N_("There is no view here: type the number of a headline, or {page} and Enter for the next ones.")
_SELECTING = N_("Words are highlighted in one line here: {select} with the numbers of sentences, or with words.")
_LISTS = N_("Lists are printed here as the page or the source has them; the screen moves, hides and groups them.")
_LINKS = N_("Links have numbers here: {links} lists them, and a number follows one.")
_TABLES = N_("Tables are printed whole here, row by row.")
_SEVERAL = N_("Here {above}, {below} and {all} mark several headlines: those above, those below, all of a section.")
_REASONS = {
    **dict.fromkeys(
        (
            "images", "wider", "narrower", "compact-list", "list-columns", "list-wider", "list-narrower", "justify",
            "article-alone", "theme",
        ),
        _LOOKS,
    ),
    **dict.fromkeys(("first-in-view", "middle-in-view", "last-in-view", "go-to-percent"), _IN_VIEW),
    **dict.fromkeys(
        (
            "next-sentence", "previous-sentence", "next-word", "previous-word", "extend-selection", "extend-sentence",
            "shorten-sentence", "extend-word", "shorten-word", "other-end", "select-page-down", "select-page-up",
            "keep-highlight", "copy-selection", "note-in-editor",
        ),
        _SELECTING,
    ),
    **dict.fromkeys(("move-list-up", "move-list-down", "hide-list", "show-lists", "grouping"), _LISTS),
    **dict.fromkeys(("next-link", "previous-link"), _LINKS),
    **dict.fromkeys(("table-right", "table-left"), _TABLES),
    "select": _SEVERAL,
    "choose-list": N_("Which block of a page is its list is chosen on the screen, where the blocks can be seen."),
    "similar": N_("Every headline has its own line here; the same story from other sites is not folded away."),
    "close": N_("No box is ever open here; Ctrl+C stops what is being done."),
    "redraw": N_("Lines stay as they were written; your terminal can redraw them."),
    "suspend": N_("Your terminal does that: Ctrl+Z, and fg comes back."),
}  # fmt: skip
NOT_HERE = frozenset(_REASONS)


def reason(name: str, **keys: str) -> str:
    """Return why an action does nothing here, and what does it in its place; `keys` are what is typed for that."""
    return gettext(_REASONS[name]).format(**keys)
