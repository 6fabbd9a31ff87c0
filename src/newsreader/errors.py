"""What every error of ours is: a sentence that says what happened, and a hint that says what to do now."""

from typing import ClassVar

from newsreader.i18n import N_, gettext


class NewsreaderError(Exception):
    """Base of the errors that a reader can meet; both front ends show its message and hint.

    Subclasses stand where they are raised. Parameters are words already fit for a screen: no password, one line.

    Attributes:
        kind: A stable word for programs, such as "timeout".
        exit_status: What the command line ends with.
        parameters: What fills the templates.
    """

    message: ClassVar[str] = N_("Something went wrong.")
    hint: ClassVar[str] = ""
    kind: str = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, **parameters: str) -> None:
        self.parameters = parameters
        super().__init__(self.message.format(**parameters))

    @property
    def text(self) -> str:
        """The message in the reader's language."""
        return gettext(self.message).format(**self.parameters)

    @property
    def advice(self) -> str:
        """The hint in the reader's language; empty where there is none."""
        return gettext(self.hint).format(**self.parameters) if self.hint else ""
