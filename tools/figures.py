"""Measure how the code is put together: `python tools/figures.py`.

It reads the sources as text and imports nothing. `--check` exits with 1 where a figure is worse than what is reached
so far (`LIMITS`); lower a limit when a figure has become better.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "newsreader"

DIALECT = (
    "told|tells?|telling|anew|begun",
    "heed(?:s|ed|ing)?|obey(?:s|ed|ing)?|mend(?:s|ed|ing)?",
    "(?:be|been|being|is|are|was|were) had|by intent|of one's own|which were",
    "lets? go|go(?:es)? on|went on|gone on|h(?:old|olds|eld) up|kept up",
    "lies|lay over|bears|borne|becomes? of|became of|said of",
    "stands?(?! for| in for| out| still)|stood(?! for)|standing",
    "of wh(?:ich|om|ose) [a-z ]{0,30}(?:is|are|was|were) (?:here|kept|known|left|shown)",
    "[sS]ay whether|is none of the|parted from",
    "(?:is|are|was|were) said|come(?:s)? to no end|nought|in the place of(?! exchange)",
    "KeptPlace|Scrap|squashed|masthead|kin|uncollected|Shelf|own_errors|give_back_room",
)
"""What no reader of programs expects (see CONTRIBUTING, "Words"), as regular expressions: words of a dialect, and names
that were given up for those of the trade. Counted in code, documentation, README and CONTRIBUTING."""
NOT_DIALECT = (
    "tell us what you think",  # what pages say
    "masthead mediathek",  # class names of pages
    "header masthead topbar",
    "stand publié",
    "stand:",
    "stand\\b)",
    "lies auch",
    "open-in-browser-and-go-on",  # an action, in configurations and in the help
    "open_in_browser_and_go_on",
)
"""Where one of them is right: what web pages say, and names that configurations hold."""


@dataclass(slots=True)
class ClassFacts:
    """One class as its source shows it.

    Attributes:
        bases: The names of its bases, as written, without their modules.
        members: Names of its methods, class attributes and `self.x` that it assigns.
        lines: How many lines it takes.
    """

    name: str
    module: str
    bases: list[str]
    lines: int
    members: set[str] = field(default_factory=set)


def modules() -> Iterator[tuple[Path, str, ast.Module]]:
    """Yield every module with its text and its tree."""
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield path, text, ast.parse(text)


def classes_of(path: Path, tree: ast.Module) -> Iterator[ClassFacts]:
    """Yield the classes of a module, nested ones too."""
    module = ".".join(path.relative_to(SOURCES.parent).with_suffix("").parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            facts = ClassFacts(
                node.name, module, list(_base_names(node)), (node.end_lineno or node.lineno) - node.lineno + 1
            )
            facts.members.update(_members(node))
            yield facts


def _base_names(node: ast.ClassDef) -> Iterator[str]:
    for base in node.bases:
        target = base.value if isinstance(base, ast.Subscript) else base
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, ast.Attribute):
            yield target.attr


def _members(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement.name
            yield from _assigned_attributes(statement)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id
        elif isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def _assigned_attributes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        ):
            yield node.attr


ROOT_OF_ERRORS = "NewsreaderError"
"""Not counted in a chain of bases: what is caught of errors is their family and their kind, which are two."""


def own_ancestors(facts: ClassFacts, by_name: dict[str, list[ClassFacts]]) -> list[ClassFacts]:
    """Return the class and those classes of ours that it inherits from, each once."""
    found, waiting = [facts], [facts]
    while waiting:
        for base in waiting.pop().bases:
            candidates = by_name.get(base, [])
            same = next((each for each in candidates if each.module == facts.module), None)
            parent = same or (candidates[0] if candidates else None)
            if parent is not None and parent not in found:
                found.append(parent)
                waiting.append(parent)
    return found


def dialect_pattern() -> re.Pattern[str]:
    """Return what finds words of the dialect, in sentences and as parts of names."""
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(DIALECT) + r")(?![A-Za-z])", re.IGNORECASE)


def pages_and_sources() -> Iterator[Path]:
    """Yield the files whose words are counted: sources, documentation, README and CONTRIBUTING."""
    yield from SOURCES.rglob("*.py")
    yield from (ROOT / "docs").rglob("*.md")
    yield from (ROOT / "README.md", ROOT / "CONTRIBUTING.md")


def dialect_words() -> Counter[str]:
    """Return how often each word of the dialect is used in the sources and the documentation."""
    words, right = dialect_pattern(), re.compile("|".join(map(re.escape, NOT_DIALECT)), re.IGNORECASE)
    texts = (path.read_text(encoding="utf-8") for path in pages_and_sources())
    return Counter(word.lower() for text in texts for word in words.findall(right.sub("", text)))


LIMITS = {
    "most members of a class, inherited ones of ours counted": 60,
    "own classes in one MRO": 2,
    "biggest class, lines": 300,
    "biggest module, lines": 500,
    "longest function, lines": 68,
    "words of the dialect": 0,
    "class names that exist twice": 0,
}


def figures() -> dict[str, tuple[int, str]]:
    """Return each figure with what it was measured on."""
    classes: list[ClassFacts] = []
    functions: list[tuple[int, str]] = []
    sizes: list[tuple[int, str]] = []
    for path, text, tree in modules():
        name = path.relative_to(SOURCES).as_posix()
        sizes.append((text.count("\n"), name))
        classes += classes_of(path, tree)
        functions += [
            ((node.end_lineno or node.lineno) - node.lineno + 1, f"{name}:{node.name}")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    by_name: dict[str, list[ClassFacts]] = {}
    for each in classes:
        by_name.setdefault(each.name, []).append(each)
    families = {id(each): own_ancestors(each, by_name) for each in classes}
    members = max((len(set().union(*(a.members for a in families[id(c)]))), c.name) for c in classes)
    chain = max((len([a for a in families[id(c)] if a.name != ROOT_OF_ERRORS]), c.name) for c in classes)
    twice = sorted(name for name, same in by_name.items() if len(same) > 1)
    words = dialect_words()
    return {
        "most members of a class, inherited ones of ours counted": members,
        "own classes in one MRO": chain,
        "biggest class, lines": max((c.lines, c.name) for c in classes),
        "biggest module, lines": max(sizes),
        "longest function, lines": max(functions),
        "words of the dialect": (words.total(), ", ".join(f"{word} {count}" for word, count in words.most_common(5))),
        "class names that exist twice": (len(twice), ", ".join(twice[:6])),
    }


def main() -> int:
    """Print the figures; with `--check` compare them with the limits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is over its limit")
    arguments = parser.parse_args()
    worse = False
    for name, (value, what) in figures().items():
        is_over = value > LIMITS[name]
        worse |= is_over
        sys.stdout.write(f"{'!' if is_over else ' '} {value:5}  {name}  ({what})\n")
    return int(arguments.check and worse)


if __name__ == "__main__":
    sys.exit(main())
