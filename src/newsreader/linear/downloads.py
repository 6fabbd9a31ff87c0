"""Downloading what is listed, and letting it wait for the network."""

from newsreader.i18n import gettext, ngettext
from newsreader.linear.desk import Desk
from newsreader.service.values import Downloaded, DownloadStep, NotDownloaded
from newsreader.text import line
from newsreader.tui.outcome_words import download_outcome, queued_words

_SAID_EVERY = 10  # articles


class LinearDownloads:
    """What the key for downloads does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = desk.service

    async def action_download(self, *, words: str = "") -> None:
        """Download the articles of the list; offline, let them wait for the network."""
        del words
        desk, rows = self._desk, self._desk.listed.rows
        if not self._service.online:
            await self._queue()
            return
        source = desk.address or None
        wanted = await self._service.downloads.wanted([row.headline for row in rows], source)
        count = len(wanted)
        if not count:
            desk.say(gettext("Everything in the list is stored already."))
            return
        words = ngettext(
            "Downloading {count} article; Ctrl+C stops it.", "Downloading {count} articles; Ctrl+C stops it.", count
        )
        desk.say(words.format(count=count))
        problems: dict[bool, str] = {}
        done = 0

        def on_step(step: DownloadStep) -> None:
            nonlocal done
            match step:
                case Downloaded(asked):
                    desk.update([asked.url], stored=True, failed=False, queued=False)
                case NotDownloaded(asked, problem, is_later):
                    problems.setdefault(is_later, line(problem.message, 200))
                    if not is_later:
                        desk.update([asked.url], failed=True)
                case _:
                    return
            done += 1
            if done % _SAID_EVERY == 0 and done < count:
                desk.say(gettext("{done} of {count}").format(done=done, count=count))

        report = await self._service.downloads.download(wanted, on_step)
        desk.say(download_outcome(report, problems))

    async def _queue(self) -> None:
        waiting = [row.headline for row in self._desk.listed.rows if not (row.stored or row.saved or row.queued)]
        added = 0
        for headline in waiting:
            added += await self._service.queue.add(headline)
        self._desk.update([headline.url for headline in waiting], queued=True)
        self._desk.say(queued_words(len(waiting), added))
