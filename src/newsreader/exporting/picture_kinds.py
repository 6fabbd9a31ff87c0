"""The format of a picture, by its first bytes: servers do not always name the right one."""

from typing import NamedTuple


class PictureKind(NamedTuple):
    """A format of pictures.

    Attributes:
        is_for_books: Every reader of EPUB 3 has to show it (EPUB 3.2, core media types).
    """

    media_type: str
    suffix: str
    is_for_books: bool


_PNG = PictureKind("image/png", "png", True)
_JPEG = PictureKind("image/jpeg", "jpg", True)
_GIF = PictureKind("image/gif", "gif", True)
_WEBP = PictureKind("image/webp", "webp", False)
_AVIF = PictureKind("image/avif", "avif", False)
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"\xff\xd8\xff", _JPEG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
)


def kind_of_picture(body: bytes) -> PictureKind | None:
    """Return the format of a picture; None if it is unknown here."""
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return _WEBP
    if body[4:8] == b"ftyp" and body[8:12] in (b"avif", b"avis"):
        return _AVIF
    return None
