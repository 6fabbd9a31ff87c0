"""Justified lines: extra space goes into the gaps between words."""

from newsreader.typesetting.lines import Role, Segment, TypesetLine

_MOST_GIVEN = 0.25  # of the line's width: a line that lacks more is left ragged
_KEPT = frozenset({Role.INDENT, Role.MARKER, Role.QUOTE_BAR, Role.CODE})


def justified(line: TypesetLine, width: int) -> TypesetLine:
    """Return the line with its gaps widened until it is `width` cells wide; as it is where only it ends a paragraph.

    So is one that is at the right already. The wider gaps are no words: they are neither copied nor searched.
    """
    room = width - line.width
    if not line.soft or room <= 0 or room > width * _MOST_GIVEN:
        return line
    gaps = sum(segment.text.count(" ") for segment in line.segments if segment.role not in _KEPT)
    if not gaps:
        return line
    each, others = divmod(room, gaps)
    segments: list[Segment] = []
    number = 0
    for segment in line.segments:
        if segment.role in _KEPT or " " not in segment.text:
            segments.append(segment)
            continue
        *parts, last = segment.text.split(" ")
        for part in parts:
            number += 1
            # The gaps that get one more cell are evenly along the line.
            more = each + (number * others // gaps - (number - 1) * others // gaps)
            segments.append(segment._replace(text=part + " "))
            if more:
                segments.append(Segment(" " * more, Role.INDENT))
        if last:
            segments.append(segment._replace(text=last))
    return line._replace(segments=tuple(segments))
