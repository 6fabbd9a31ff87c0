"""What extraction finds changes together with its version, by which stored pages are extracted again."""

from tools.answers import digest, recorded

from newsreader.extraction.version import EXTRACTOR_VERSION


def test_the_version_is_raised_when_extraction_finds_something_else() -> None:
    """Raise EXTRACTOR_VERSION and run `python -m tools.answers --record` when this fails."""
    assert (EXTRACTOR_VERSION, digest()) == recorded()
