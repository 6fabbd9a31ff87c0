"""The tags that the reader gives to stories."""

from collections.abc import Iterable

from newsreader.library_values import TagCount, TaggedStory
from newsreader.models import Headline
from newsreader.query import tag_name
from newsreader.service.errors import NoTagError
from newsreader.service.pages import Pages
from newsreader.service.stores import Stores
from newsreader.urls import shown


class Tags:
    """Adds tags to stories, removes them, and lists what has them.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, stores: Stores, pages: Pages) -> None:
        self._stores = stores
        self._pages = pages

    async def all(self) -> tuple[TagCount, ...]:
        """Return every tag, the most used first."""
        return await self._stores.read_library(lambda library: library.tags.counts()) or ()

    async def of(self, url: str) -> frozenset[str]:
        """Return the tags of a story."""
        found = await self._stores.read_library(lambda library: library.tags.of([url])) or {}
        return found.get(url, frozenset())

    async def replace(self, url: str, title: str, tags: Iterable[str]) -> None:
        """Give a story these tags and no others; can be undone."""
        names = {name for tag in tags if (name := tag_name(tag))}
        await self._stores.in_library(lambda library: library.tags.replace(url, title, names))

    async def change(
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]:
        """Add and remove tags of a story, whatever else it has; return its tags now. Can be undone."""
        added = {name for tag in add if (name := tag_name(tag))}
        removed = {name for tag in remove if (name := tag_name(tag))}
        return await self._stores.in_library(lambda library: library.tags.change(url, title, add=added, remove=removed))

    async def change_all(
        self, headlines: Iterable[Headline], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> dict[str, frozenset[str]]:
        """Do as `change` to several stories, as one change; return the tags of each by its address."""
        stories = [(headline.url, headline.title) for headline in headlines]
        added = {name for tag in add if (name := tag_name(tag))}
        removed = {name for tag in remove if (name := tag_name(tag))}
        return await self._stores.in_library(
            lambda library: library.tags.change_all(stories, add=added, remove=removed)
        )

    async def tag_story(self, url: str, tags: Iterable[str], *, remove: bool = False) -> frozenset[str]:
        """Add tags to those of a story, or remove them; return and raise as `change`."""
        copy = await self._pages.stored(url)
        article = copy.page.article if copy is not None else None
        title = article.title if article is not None else shown(url)
        return await self.change(url, title, add=() if remove else tags, remove=tags if remove else ())

    async def stories(self, tag: str) -> tuple[TaggedStory, ...]:
        """Return the stories with a tag, the last tagged first.

        Raises:
            NoTagError: there is no such tag.
        """
        found = await self._stores.in_library(lambda library: library.tags.stories(tag_name(tag)))
        if not found:
            raise NoTagError(tag=tag_name(tag))
        return found
