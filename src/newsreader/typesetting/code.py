"""Code in colours: which of its words are what, as the language that the page names has it."""

from collections.abc import Iterator, Mapping

from newsreader.typesetting.lines import Role, Segment

_LONGEST = 12_000  # signs: a lexer takes 10 ms for them
_LONGEST_LINE = 500
# Names that pages give to a language, and what Pygments calls it. Only these: a lexer reads hostile text too.
_LEXERS: Mapping[str, str] = {
    "bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "console": "console", "c": "c", "cpp": "cpp",
    "c++": "cpp", "csharp": "csharp", "cs": "csharp", "css": "css", "diff": "diff", "patch": "diff", "go": "go",
    "golang": "go", "haskell": "haskell", "html": "html", "xml": "xml", "ini": "ini", "java": "java",
    "javascript": "javascript", "js": "javascript", "jsx": "javascript", "json": "json", "kotlin": "kotlin",
    "lua": "lua", "makefile": "makefile", "perl": "perl", "php": "php", "python": "python", "py": "python",
    "ruby": "ruby", "rb": "ruby", "rust": "rust", "rs": "rust", "scala": "scala", "sql": "sql", "swift": "swift",
    "toml": "toml", "typescript": "typescript", "ts": "typescript", "yaml": "yaml", "yml": "yaml",
}  # fmt: skip
_ROLES = (
    ("Comment", Role.CODE_QUIET),
    ("Generic.Deleted", Role.CODE_QUIET),
    ("Generic.Prompt", Role.CODE_QUIET),
    ("Keyword", Role.CODE_WORD),
    ("Operator.Word", Role.CODE_WORD),
    ("Name.Tag", Role.CODE_WORD),
    ("Generic.Heading", Role.CODE_WORD),
    ("Literal.String", Role.CODE_VALUE),
    ("Literal.Number", Role.CODE_VALUE),
    ("Generic.Inserted", Role.CODE_VALUE),
)


def coloured_lines(text: str, language: str | None) -> Iterator[list[Segment]]:
    """Yield the lines of code in their roles: all plain where the language is not known, or the text is too long."""
    lines = text.split("\n")
    lexer = _LEXERS.get((language or "").lower())
    if lexer is None or len(text) > _LONGEST or max(map(len, lines)) > _LONGEST_LINE:
        yield from ([Segment(line, Role.CODE_PLAIN)] if line else [] for line in lines)
        return
    yield from _lexed(text, lexer)


def _lexed(text: str, lexer: str) -> Iterator[list[Segment]]:
    from pygments.lexers import get_lexer_by_name

    line: list[Segment] = []
    for kind, words in get_lexer_by_name(lexer, stripnl=False, ensurenl=False).get_tokens(text):
        role = _role_of(str(kind).removeprefix("Token."))
        first, *others = words.split("\n")
        if first and line and line[-1].role is role:
            line[-1] = Segment(line[-1].text + first, role)
        elif first:
            line.append(Segment(first, role))
        for other in others:
            yield line
            line = [Segment(other, role)] if other else []
    yield line


def _role_of(kind: str) -> Role:
    return next((role for beginning, role in _ROLES if kind.startswith(beginning)), Role.CODE_PLAIN)
