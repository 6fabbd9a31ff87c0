"""Changes of a part of what the library keeps under one name: the rest stays, as another program may have chosen it."""


def with_entry(kept: object, name: str, value: object) -> dict[str, object] | None:
    """Return an object that is kept with another value under a name; None takes it out, and is returned for nothing."""
    entries = {key: each for key, each in kept.items() if key != name} if isinstance(kept, dict) else {}
    if value is not None:
        entries[name] = value
    return entries or None


def with_name(kept: object, name: str, *, is_in: bool) -> list[str]:
    """Return the names that are kept, sorted, with one more of them or without it."""
    names = set(names_of(kept)) - {name}
    return sorted(names | {name} if is_in else names)


def with_latest(kept: object, name: str, most: int) -> list[str]:
    """Return the names that are kept, the latest first, with one before all others; the oldest are dropped."""
    return [name, *(each for each in names_of(kept) if each != name)][:most]


def names_of(kept: object) -> list[str]:
    """Return the names that are kept as a list; what another version of the program may have written is left out."""
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []
