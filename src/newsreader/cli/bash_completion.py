"""Completion for bash, which takes a line apart at colons, and puts in answers as they are, with their spaces."""

import os
import re
from typing import Any

from click.shell_completion import BashComplete, CompletionItem, split_arg_string

_SCRIPT = """\
%(complete_func)s() {
    local kind answer
    COMPREPLY=()
    while IFS=, read -r kind answer; do
        case $kind in
            plain) COMPREPLY+=("$answer") ;;
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
        esac
    done < <(env %(complete_var)s=bash_complete COMP_WORDBREAKS="$COMP_WORDBREAKS" \
        COMP_WORDS="${COMP_LINE:0:COMP_POINT}" "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_SPECIAL = re.compile(r"[\s\\!\"#$&'()*;<>?\[\]^`{|}~]")
_SPECIAL_IN_QUOTES = {'"': re.compile(r'[\\"$`]'), "'": re.compile(r"(?!)")}
_QUOTES = frozenset("\"'")


class WholeBashComplete(BashComplete):
    """Reads the line as it is typed, and writes each answer so that it stays one word of it."""

    source_template = _SCRIPT
    _typed = ""  # the word at the cursor
    _quote = ""  # which is open there

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one at the cursor, and that one."""
        if "COMP_CWORD" in os.environ:  # a script of an earlier version
            return super().get_completion_args()
        typed = os.environ["COMP_WORDS"]
        self._quote, is_between = _end_of(typed)
        words = split_arg_string(typed)[1:]
        self._typed = "" if is_between or not words else words.pop()
        return words, self._typed

    def format_completion(self, item: CompletionItem) -> str:
        """Return an answer as it is put into the line: quoted, and without what bash takes for a word before it."""
        value: Any = item.value
        if item.type != "plain" or "COMP_CWORD" in os.environ:
            return super().format_completion(item)
        if not self._quote:
            before = self._typed.partition("=")[2] if self._typed.startswith("-") else self._typed
            breaks = os.environ.get("COMP_WORDBREAKS", "")
            value = value[max((before.rfind(each) for each in ":=@" if each in breaks), default=-1) + 1 :]
        return f"{item.type},{_SPECIAL_IN_QUOTES.get(self._quote, _SPECIAL).sub(_escaped, value)}"


def _escaped(special: re.Match[str]) -> str:
    return f"\\{special[0]}"


def _end_of(typed: str) -> tuple[str, bool]:
    """Return the quote that is open at the end of a line, and whether the end is between words."""
    quote, is_escaped, is_between = "", False, True
    for letter in typed:
        if is_escaped:
            is_escaped = False
        elif letter == "\\" and quote != "'":
            is_escaped, is_between = True, False
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in _QUOTES:
            quote, is_between = letter, False
        else:
            is_between = letter.isspace()
    return quote, is_between
