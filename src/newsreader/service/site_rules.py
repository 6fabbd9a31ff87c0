"""Which block of a site's pages the reader chose as the article, or as its list."""

import contextlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import replace

from newsreader.extraction.version import EXTRACTOR_VERSION
from newsreader.jsonform import site_rule_from_json, site_rule_to_json
from newsreader.service.errors import NoRuleError
from newsreader.service.preferences import Preferences
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.site_rules import Purpose, SiteRule
from newsreader.text import line
from newsreader.urls import InvalidURLError, host_of, normalise_url

_RULES: Mapping[Purpose, str] = {"article": "site-rules", "list": "list-rules"}


class SiteRules:
    """Keeps the reader's rules, one for each host; every change can be undone."""

    def __init__(self, stores: Stores, preferences: Preferences, subscriptions: Subscriptions) -> None:
        self._stores = stores
        self._preferences = preferences
        self._subscriptions = subscriptions

    async def by_host(self, purpose: Purpose = "article") -> dict[str, SiteRule]:
        """Return the reader's rules for articles, or for lists, each under the host that it is for."""
        return _by_host(await self._preferences.get(_RULES[purpose]))

    async def of(self, address: str) -> tuple[SiteRule | None, SiteRule | None]:
        """Return the rule for articles and the one for lists."""
        of_articles, of_lists = map(_by_host, await self._preferences.get_all(_RULES["article"], _RULES["list"]))
        if not of_articles and not of_lists:
            return None, None
        host = _host_of_rule(address)
        if not await self._subscriptions.uses_rules(host):
            return None, None
        return of_articles.get(host), of_lists.get(host)

    async def save(self, address: str, rule: SiteRule, page_url: str) -> None:
        """Apply a rule to the pages of an address's host from now on, as chosen on this page.

        Raises:
            StoreError: the library cannot be written.
        """
        host = _host_of_rule(address)
        value = site_rule_to_json(replace(rule, host=host))
        await self._stores.in_library(
            lambda library: library.preferences.change_entry(_RULES[rule.purpose], host, value, page_url)
        )

    async def forget(self, host: str, purpose: Purpose = "article") -> None:
        """Read the pages of a host, or of an address's, as if no rule had been made; can be undone.

        Raises:
            NoRuleError: there is none for it.
            StoreError: the library cannot be written.
        """
        names = list(dict.fromkeys((host, _host_of_rule(host))))
        key = _RULES[purpose]
        if not await self._stores.in_library(
            lambda library: any(library.preferences.remove_entry(key, each) for each in names)
        ):
            raise NoRuleError(host=line(names[-1], 100))


def _by_host(kept: object) -> dict[str, SiteRule]:
    found: dict[str, SiteRule] = {}
    for host, value in kept.items() if isinstance(kept, dict) else ():
        with contextlib.suppress(KeyError, TypeError, ValueError):  # written by another version of the program
            found[host] = site_rule_from_json(value)
    return found


def _host_of_rule(address: str) -> str:
    with contextlib.suppress(InvalidURLError):
        return host_of(normalise_url(address))
    return host_of(address)  # kept before such were refused: no rule is for it


def extraction_version(*rules: SiteRule | None) -> int:
    """Return the version of what is extracted: the extractor's, and another one under rules."""
    made = [json.dumps(site_rule_to_json(rule), sort_keys=True) for rule in rules if rule is not None]
    if not made:
        return EXTRACTOR_VERSION
    return EXTRACTOR_VERSION + (zlib.crc32("".join(made).encode()) << 16)
