"""The positions in articles that readers marked with letters, as the library keeps them under one name."""

PREFERENCE = "place-marks"
_ARTICLES = 200  # whose positions are kept

LetteredPosition = tuple[int, str, int]
"""The number of a block of the article, its first words, and how many characters of it come before."""


def positions_of(kept: object) -> dict[str, dict[str, LetteredPosition | None]]:
    """Return the positions that the library keeps, by the addresses of articles and by letters; None: the beginning."""
    return {
        str(url): {letter: _position(value) for letter, value in positions.items()}
        for url, positions in (kept.items() if isinstance(kept, dict) else ())
        if isinstance(positions, dict)
    }


def with_position(kept: object, url: str, letter: str, position: LetteredPosition | None) -> dict[str, object]:
    """Return what the library keeps with one more position; the articles marked longest ago are dropped."""
    positions = positions_of(kept)
    positions[url] = {**positions.pop(url, {}), letter: position}  # the last to be dropped
    return dict([*positions.items()][-_ARTICLES:])


def _position(value: object) -> LetteredPosition | None:
    match value:
        case [int(block), str(words), int(offset)]:
            return block, words, offset
        case _:
            return None
