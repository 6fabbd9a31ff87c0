"""What the program asks of its worker."""

from dataclasses import dataclass

from newsreader.jsonform import (
    Json,
    site_rule_to_json,
)
from newsreader.models import Response
from newsreader.site_rules import SiteRule


@dataclass(eq=False, slots=True)
class WorkerCall:
    """One thing for the worker to do.

    Attributes:
        is_late: Its time was up and the worker was killed.
    """

    function: str
    arguments: Json
    body: bytes
    url: str
    is_late: bool = False


def call_with_response(function: str, response: Response, **more: Json | str | bool | None) -> WorkerCall:
    """Return a call whose arguments say where a response came from, and when."""
    arguments: Json = {
        "url": response.final_url,
        "content_type": response.content_type,
        "fetched_at": response.fetched_at.isoformat(),
    } | more
    if response.hints:
        arguments["hints"] = list(map(list, response.hints))
    return WorkerCall(function, arguments, response.body, response.url)


def rule_as_json(rule: SiteRule | None) -> Json | None:
    """Return a site rule as an argument of a call; None if there is none."""
    return site_rule_to_json(rule) if rule is not None else None
