"""Compressing pages: each against a sample of the pages in its store, whose words and form it shares.

A single page is too short to repeat its words. The sample is a zlib dictionary (RFC 1950, 2.2): what was
compressed with one names it by its checksum.
"""

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

DICTIONARIES_STEP = """
-- samples of pages, against which page bodies are compressed
CREATE TABLE dictionaries (
    id INTEGER PRIMARY KEY,  -- adler32 of the content
    content BLOB NOT NULL
) STRICT;
"""
_LARGEST = 32 * 1024  # zlib looks back no further
_REMEMBERED = 256 * 1024
_LEVEL = 4  # half the work of zlib's default level; the result is a twentieth larger
SAMPLED = 10  # pages in a sample: few and long ones share more than many short ones


def dictionary_of(contents: Sequence[bytes]) -> bytes:
    """Return a sample of these pages: as much of the beginning of each as there is room for."""
    share = _LARGEST // max(1, len(contents))
    return b"".join(content[:share] for content in contents)


def dictionary_id(dictionary: bytes) -> int:
    """Return the identifier of a dictionary."""
    return zlib.adler32(dictionary)


def packed(content: bytes, dictionary: bytes | None) -> bytes:
    """Return a page compressed, with a dictionary if there is one."""
    if not dictionary:
        return zlib.compress(content, _LEVEL)
    compressor = _compressor(dictionary).copy()
    return compressor.compress(content) + compressor.flush()


@lru_cache(maxsize=4)
def _compressor(dictionary: bytes) -> "zlib._Compress":
    """Return what has read a dictionary, which takes longer than to compress a page; it is copied for each."""
    return zlib.compressobj(_LEVEL, zdict=dictionary)


def needed_dictionary(body: bytes) -> int | None:
    """Return which dictionary a body was packed with; None for none."""
    return int.from_bytes(body[2:6], "big") if len(body) >= 6 and body[1] & 0x20 else None


def compressed(content: bytes) -> bytes:
    """Return bytes compressed without a dictionary; short ones that were just compressed come from a cache."""
    return _compressed(content) if len(content) <= _REMEMBERED else zlib.compress(content, _LEVEL)


@lru_cache(maxsize=16)  # what is downloaded goes into the cache, and then into the library
def _compressed(content: bytes) -> bytes:
    return zlib.compress(content, _LEVEL)


def unpacked(body: bytes, dictionaries: Mapping[int, bytes]) -> bytes:
    """Return a page as it was.

    Raises:
        zlib.error, KeyError: it is unreadable, or its dictionary is gone.
    """
    wanted = needed_dictionary(body)
    decompressor = zlib.decompressobj(zdict=dictionaries[wanted]) if wanted is not None else zlib.decompressobj()
    content = decompressor.decompress(body) + decompressor.flush()
    if not decompressor.eof:
        raise zlib.error("the page is cut short")
    return content
