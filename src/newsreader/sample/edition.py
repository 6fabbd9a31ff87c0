"""The paper as it is at one moment: which stories are out, where they are, how times and counts are written."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsreader.models import Block
from newsreader.sample.stories import SamplePaper, SampleStory, blocks_of


@dataclass(frozen=True, slots=True)
class SampleEdition:
    """The paper at one moment.

    Attributes:
        printed: What the stories' times count from.
        now: Aware; decides what is out already, and what is yesterday's. Times are shown in its zone.
        base: The paper's address, without a slash at its end.
    """

    paper: SamplePaper
    printed: datetime
    now: datetime
    base: str

    def stories(self, language: str) -> tuple[SampleStory, ...]:
        """Return the stories that are out, newest first."""
        out = (story for story in self.paper.stories[language] if self.published(story) <= self.now)
        return tuple(sorted(out, key=lambda story: story.ago))

    def published(self, story: SampleStory) -> datetime:
        """Return when the story came out, to the minute."""
        return (self.printed - story.ago).replace(second=0, microsecond=0)

    def updated(self, story: SampleStory) -> datetime:
        """Return when the story was last changed."""
        return self.published(story) + timedelta(minutes=4)

    def url(self, story: SampleStory, page: int = 1) -> str:
        """Return the address of a story, or of one of its later pages."""
        return self.base + story.path + (f"?page={page}" if page > 1 else "")

    def picture(self, name: str) -> str:
        """Return the address of a picture."""
        return f"{self.base}/pictures/{name}.png"

    def blocks(self, story: SampleStory, page: int = 1) -> tuple[Block, ...]:
        """Return the blocks of one page of a story."""

        def link(target: str) -> str:
            linked = self.paper.story(story.language, target)
            return self.url(linked) if linked else self.base + target

        return blocks_of(story.pages[page - 1], link, self.picture)

    def day(self, story: SampleStory) -> str | None:
        """Return the day that is over the story in a list: None today, "yesterday", else the date."""
        words = self.paper.words[story.language]
        published = self.published(story)
        days = (self.now.date() - published.date()).days
        if days <= 0:
            return None
        return words["yesterday"] if days == 1 else f"{published.day} {words['months'].split()[published.month - 1]}"

    def byline_date(self, story: SampleStory) -> str:
        """Return when the story came out, as the byline writes it in its language."""
        published = self.published(story)
        if story.language == "en":
            month = self.paper.words["en"]["months"].split()[published.month - 1]
            return f"{published.day} {month} {published:%Y, %H:%M}"
        return f"{published:%d-%m-%Y, %H:%M}" if story.language == "ru" else f"{published:%d.%m.%Y %H:%M}"


def views_text(views: int, language: str) -> str:
    """Return a count of views as a site of that language writes it: 1.2k, 1.2т, 1,2 тыс."""
    if views < 1000:
        return str(views)
    thousands = f"{views / 1000:.1f}"
    if language == "ru":
        return thousands.replace(".", ",") + " тыс."
    return thousands + ("т" if language == "uk" else "k")
