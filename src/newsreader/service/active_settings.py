"""The settings as they apply now."""

from newsreader.settings import Settings


class ActiveSettings:
    """The settings that every part reads when it acts, so that a change applies to all.

    Attributes:
        current: As they apply now: the connection may have asked for less data since the start.
        is_library_required: The library itself is what is asked for: if it cannot be read, that is an
            error, and never as if nothing were in it. Else reading continues without the library.
    """

    def __init__(self, settings: Settings) -> None:
        self.current = settings
        self.is_library_required = False

    @property
    def is_frugal(self) -> bool:
        """Whether nothing is fetched that the reader did not ask for."""
        return self.current.reading.frugal

    async def apply_metered_mode(self) -> bool:
        """Use less data from now on if the connection asks for it; return whether that is new."""
        from newsreader.desktop import is_metered

        settings = self.current
        if settings.reading.frugal or not settings.network.respect_metered or not await is_metered():
            return False
        self.current = settings.with_frugal()
        return True
