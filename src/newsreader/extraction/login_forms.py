"""The log-in form of a page."""

from urllib.parse import urljoin

from lxml.etree import _Element as Element

from newsreader.extraction.decoding import decode
from newsreader.extraction.document import parse_document
from newsreader.login_form import LoginForm
from newsreader.urls import is_web_address

_TEXT_TYPES = frozenset(("", "text", "email", "tel"))
_SENT_AS_GIVEN = frozenset(("hidden", "submit"))
_MOST_FIELDS = 60
_LONGEST = 8_000  # characters of a value


def login_form(body: bytes, url: str, content_type: str | None = None) -> LoginForm | None:
    """Return the form of a page that asks for one password and is sent by POST; None where there is none.

    A form with two password fields is for registering or for changing the password.
    """
    document = parse_document(decode(body, content_type), url)
    forms = (_read(form, document.base) for form in document.elements("form"))
    return next((form for form in forms if form is not None), None)


def _read(form: Element, base: str) -> LoginForm | None:
    inputs = list(form.iter("input"))[:_MOST_FIELDS]
    passwords = [each for each in inputs if _type(each) == "password" and each.get("name")]
    if len(passwords) != 1 or (form.get("method") or "").strip().lower() != "post":
        return None
    try:
        action = urljoin(base, (form.get("action") or "").strip())
    except ValueError:
        return None
    if not is_web_address(action):
        return None
    before = inputs[: inputs.index(passwords[0])]
    users = [each for each in before if _type(each) in _TEXT_TYPES and each.get("name")]
    user = users[-1] if users else None
    given = [each for each in inputs if each is not user and each is not passwords[0] and _is_sent(each)]
    return LoginForm(
        action,
        user.get("name") if user is not None else None,
        passwords[0].get("name", ""),
        tuple((each.get("name", ""), each.get("value", "")[:_LONGEST]) for each in _with_one_button(given)),
    )


def _type(field: Element) -> str:
    return (field.get("type") or "").strip().lower()


def _is_sent(field: Element) -> bool:
    """Return whether a field is sent along: hidden ones, buttons, a box to remember the reader."""
    is_box = _type(field) == "checkbox" and ("checked" in field.attrib or "remember" in field.get("name", "").lower())
    return bool(field.get("name")) and (_type(field) in _SENT_AS_GIVEN or is_box)


def _with_one_button(fields: list[Element]) -> list[Element]:
    """Return fields with only the first of their buttons, the one that Return presses."""
    buttons = [each for each in fields if _type(each) == "submit"]
    return [each for each in fields if each not in buttons[1:]]
