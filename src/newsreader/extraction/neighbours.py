"""Words of neighbouring elements that no space divides in the page, though they are apart on the screen."""

_LEAST_JOINED = 2  # letters
_LEAST_OF_PLACE, _LONGEST_PLACE = 4, 30  # letters of what is before the first word of a paragraph
_STOPS = tuple(".!?…:;»”)]")


def is_glued(before: str, behind: str, *, are_apart: bool) -> bool:
    """Return whether words of two neighbouring elements would run into one, as "3 minutesFor four" do."""
    if min(len(before), len(behind)) < _LEAST_JOINED or not behind[0].isupper():
        return False
    return before.endswith(_STOPS) or (are_apart and (before[-1].islower() or before[-1].isdecimal()))


def is_behind_number(before: str, behind: str) -> bool:
    """Return whether a word would run into the number of its heading or item, as "1Harbour" does."""
    return before.strip().isdecimal() and not before[-1].isspace() and behind[0].isupper() and behind[1:2].islower()


def is_behind_place(before: str, behind: str) -> bool:
    """Return whether a paragraph would run into the place before its first word, as "Port AlbionThe storm" does."""
    is_short = _LEAST_OF_PLACE <= len(before.strip()) <= _LONGEST_PLACE
    is_place = is_short and before.lstrip()[0].isupper() and before[-1].islower()
    return is_place and behind[0].isupper() and (behind[1:2].islower() or behind[1:2] == " ") and " " in behind[:-1]
