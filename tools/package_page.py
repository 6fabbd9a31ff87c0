"""What the page of the package says: README without what only a checkout has, its pictures and other files.

It imports nothing of the project: the build uses it too.
"""

import re

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?!https?://)[^)]*\)")
_BLOCK = re.compile(r"\n{2,}")


def package_page(readme: str) -> str:
    """Return the text for a page that shows no files beside it: no pictures, and of links to files the words alone."""
    blocks = (block for block in _BLOCK.split(readme) if not _PICTURE.search(block))
    return _LINK.sub(r"\1", "\n\n".join(blocks))
