"""The log-in form of a site."""

from dataclasses import field

from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class LoginForm:
    """Where a log-in form is sent, and what is in it besides the reader's name and password.

    Attributes:
        action: The address; absolute.
        user_field: The name of the field for the user's name or address; None where the form asks for none.
        password_field: That of the field for the password.
        given: Names and values of the other fields, as the page gives them.
    """

    action: str
    user_field: str | None
    password_field: str
    given: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def filled(self, user: str, password: str) -> tuple[tuple[str, str], ...]:
        """Return the names and values that are sent."""
        name = ((self.user_field, user),) if self.user_field is not None else ()
        return (*self.given, *name, (self.password_field, password))
