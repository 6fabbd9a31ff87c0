"""Kinds of settings: a number in a range, one of some words, a text of a form; and how one is declared."""

import re
from dataclasses import field
from typing import TypeVar

from newsreader.i18n import N_, gettext
from newsreader.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Between:
    """Numbers from `low` to `high`, both allowed."""

    low: int
    high: int
    is_whole: bool = True

    def allows(self, value: object) -> bool:
        """Return whether the value is one of them."""
        return isinstance(value, int | float) and self.low <= value <= self.high

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        whole, any_number = N_("a whole number from {low} to {high}"), N_("a number from {low} to {high}")
        words = gettext(whole if self.is_whole else any_number)
        return words.format(low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class OneOf:
    """These words."""

    choices: tuple[str, ...]

    def allows(self, value: object) -> bool:
        """Return whether the value is one of them."""
        return value in self.choices

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        return ", ".join(f'"{choice}"' for choice in self.choices)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """A list of some of these words."""

    choices: tuple[str, ...]

    def allows(self, value: object) -> bool:
        """Return whether the value is one."""
        return isinstance(value, list | tuple) and all(word in self.choices for word in value)

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        choices = ", ".join(f'"{choice}"' for choice in self.choices)
        return gettext("a list of {choices}").format(choices=choices)


@dataclass(frozen=True, slots=True)
class Like:
    """Text of a form; the empty text stands for "not set"."""

    form: str
    description: str

    def allows(self, value: object) -> bool:
        """Return whether the value is of this form."""
        return isinstance(value, str) and (not value or re.fullmatch(self.form, value) is not None)

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        return gettext(self.description)


@dataclass(frozen=True, slots=True)
class TrueOrFalse:
    """A switch."""

    def allows(self, value: object) -> bool:
        """Return whether the value is one."""
        return isinstance(value, bool)

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        return gettext("true or false")


@dataclass(frozen=True, slots=True)
class Words:
    """A command: a list of its words, none of them read by a shell; an empty one stands for "not set"."""

    def allows(self, value: object) -> bool:
        """Return whether the value is one."""
        return isinstance(value, list) and all(isinstance(word, str) and "\0" not in word for word in value)

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        return gettext("a list of words")


Allowed = Between | OneOf | SomeOf | Like | TrueOrFalse | Words


@dataclass(frozen=True, slots=True)
class Declaration:
    """A setting as it is declared.

    Attributes:
        type: Of the value in Python; `config.toml` may give a whole number for a float.
        default: None if nothing is set.
        description: What it does, a sentence for people, not yet translated.
        example: A value to show where the default is None.
    """

    section: str
    name: str
    type: type
    default: object
    allowed: Allowed
    description: str
    example: object = ""

    @property
    def full_name(self) -> str:
        """The name as messages give it."""
        return f"{self.section}.{self.name}"


def setting(default: T, allowed: Allowed, description: str, *, type_: type | None = None, example: object = "") -> T:
    """Declare a setting: its default, what is allowed, and what it is for."""
    declared = {"type": type_ or type(default), "allowed": allowed, "description": description, "example": example}
    return field(default=default, metadata=declared)


KEYS = "keys"
OPENERS = "openers"
