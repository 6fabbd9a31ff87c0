"""Rules for headlines: made, listed, removed."""

from collections.abc import Sequence

from newsreader.i18n import gettext
from newsreader.library_values import QueryRule, RuleAction
from newsreader.linear.desk import Desk
from newsreader.linear.lists import ListCommands
from newsreader.text import line


class LinearRules:
    """What the actions for rules do; the words typed behind their names come as `words`."""

    def __init__(self, desk: Desk, lists: ListCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._lists = lists

    async def action_rule(self, action: RuleAction, *, words: str = "") -> None:
        """Make a rule for headlines that a query finds; without words, ask for it."""
        query = words or await self._desk.asked(
            gettext("Which headlines: words, title:word, source:name, lang:uk, -word")
        )
        if not query:
            return
        tag = await self._desk.asked(gettext("Tag")) if action == "tag" else ""
        if action == "tag" and not tag:
            return
        rule = await self._service.rules.add(action, query, tag)
        self._desk.say(_words_of(rule))
        self._desk.say(gettext("The rule is saved; {key} to undo.").format(key=self._desk.key("undo")))
        await self._lists.take_again()

    async def action_rules(self, *, words: str = "") -> None:
        """Print the rules with their numbers; a number behind the name, with a minus, removes one."""
        rules = await self._service.rules.all()
        if words.startswith("-") and words[1:].strip().isdecimal():
            await self._remove(rules, int(words[1:]))
        elif not rules:
            self._desk.say(gettext("No rules yet; “hide-by-rule QUERY” makes one."))
        else:
            self._desk.console.say(*(_words_of(rule) for rule in rules))
            self._desk.say(gettext("“rules -NUMBER” removes one."))

    async def _remove(self, rules: Sequence[QueryRule], number: int) -> None:
        if all(rule.id != number for rule in rules):
            self._desk.say(gettext("There is no rule {number}.").format(number=number))
            return
        await self._service.rules.remove(number)
        self._desk.say(gettext("The rule is gone; {key} brings it back.").format(key=self._desk.key("undo")))
        await self._lists.take_again()


def _words_of(rule: QueryRule) -> str:
    what = {
        "hide": gettext("hide"),
        "tag": gettext("tag with {tag}").format(tag=line(rule.tag, 60)),
        "save": gettext("save"),
        "read": gettext("mark read"),
    }[rule.action]
    return f"{rule.id}. {what}: {line(rule.query, 300)}"
