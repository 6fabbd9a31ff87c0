"""What is read aloud of an article, sentence by sentence; pure."""

from newsreader.annotations.article_text import ArticleText
from newsreader.models import Article
from newsreader.sentences import sentence_bounds
from newsreader.text import line
from newsreader.typesetting.lines import Role
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """A sentence that is read aloud.

    Attributes:
        words: The sentence as one line.
        block: The number of the block that it is in; -1 above the first.
        start, end: Its positions in the article's text; both -1 above the first block.
        role: Above the first block, how it is set: as title or standfirst.
    """

    words: str
    block: int = -1
    start: int = -1
    end: int = -1
    role: Role | None = None


def spoken_sentences(article: Article, text: ArticleText | None = None) -> list[SpokenSentence]:
    """Return the sentences of an article, title and standfirst first, without those that have no letter or digit.

    Args:
        article: The article.
        text: Its text, if it is available.
    """
    text = text or ArticleText(article)
    head = ((article.title, Role.TITLE), (article.lead or "", Role.LEAD))
    found = [SpokenSentence(line(words, 2000), role=role) for words, role in head if words.strip()]
    for start, end in text.leaves:
        block = text.block_at(start)
        for first, last in sentence_bounds(text.text[start:end], article.language):
            words = line(text.text[start + first : start + last], 5000)
            if any(letter.isalnum() for letter in words):
                found.append(SpokenSentence(words, block, start + first, start + last))
    return found


def first_from(sentences: list[SpokenSentence], block: int, position: int = -1) -> int:
    """Return the number of the first sentence that ends behind a position in a block, or begins in a later one.

    The last one, where none does.
    """
    return next(
        (n for n, each in enumerate(sentences) if each.block > block or (each.block == block and each.end >= position)),
        max(0, len(sentences) - 1),
    )
