"""OPML, in which feed readers hand their sources to each other (http://opml.org/spec2.opml)."""

import re
from dataclasses import fields, replace

from newsreader.i18n import N_, gettext
from newsreader.importing.errors import BrokenFileError
from newsreader.importing.values import BETWEEN_GROUPS, Gathering, Imported
from newsreader.jsonform import source_settings_from_json
from newsreader.source_values import SourceSettings
from newsreader.text import parse_json, sound_references

_OUTLINE = re.compile(r"<!--.*?(?:-->|\Z)|<(?:\w{1,40}:)?(outline)[\s/>]", re.DOTALL)
_TAG_IN_CAPITALS = re.compile(r"</?(?:OPML|HEAD|BODY|OUTLINE|Outline)(?=[\s>/])")
_DECLARATION = re.compile(r"(?<!\s)\s*<\?xml[^>]{0,500}\?>")
_LONE_AMPERSAND = re.compile(
    r"&(?!#?\w{1,40};)"
)  # of an address that was not escaped, of which a parser would lose letters
_INCLUDED = N_("it is another list, and is not fetched")
_NOT_WHOLE = N_("the file is cut off: everything after this is missing")
_LOST = N_("it is nested too deeply, or too broken, to be read")
_FORMAT = "OPML"
_SETTINGS, _SEARCH = "{urn:newsreader:opml}settings", "{urn:newsreader:opml}search"  # as this program exports them
_END = 2000  # letters in which the end tag is sought
_SHOWN = 40


def read_opml(text: str) -> Imported:
    """Return the sources, each in the group of the outlines around it. Nothing is looked up outside the file.

    Raises:
        BrokenFileError: it defines entities, or holds no outline at all.
    """
    from lxml import etree

    if re.search(r"<!\s*ENTITY", text, re.IGNORECASE):
        raise BrokenFileError(format=_FORMAT, reason=gettext("it defines entities, which no list of sources needs"))
    declaration = _DECLARATION.match(text)
    text = _LONE_AMPERSAND.sub("&amp;", text[declaration.end() if declaration else 0 :])
    text = _TAG_IN_CAPITALS.sub(lambda tag: tag[0].lower(), text)
    body = sound_references(text).encode()
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFileError(format=_FORMAT, reason=gettext("it isn't XML")) from error
    if root is None:
        raise BrokenFileError(format=_FORMAT, reason=gettext("it isn't XML"))
    found = Gathering(_FORMAT)
    groups: list[str] = []
    written, read = sum(bool(each[1]) for each in _OUTLINE.finditer(text)), 0
    for event, outline in etree.iterwalk(root, events=("start", "end"), tag="{*}outline"):
        named = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        title = named.get("title") or named.get("text") or ""
        is_group = not any(named.get(name) for name in ("xmlurl", "url", "htmlurl", _SEARCH))
        read += event == "start"
        if event == "end":
            if is_group:
                groups.pop()
        elif is_group:
            groups.append(title)
        else:
            around = BETWEEN_GROUPS.join(filter(None, groups))
            group = around or _category(named.get("category", ""))
            _take(named, title, group, outline.sourceline or 0, found)
    if read < written:
        found.refuse(f"{written - read} × <outline>", _LOST, 0)
    if not re.search(r"</opml\s*>", text[-_END:], re.IGNORECASE):
        found.refuse(text.rstrip()[-_SHOWN:], _NOT_WHOLE, text.rstrip().count("\n") + 1)
    return found.all()


def _category(said: str) -> str:
    """Return the first of the categories that a source in no group has: "/News/Local, /Sea" (OPML 2.0, `category`)."""
    parts = (part.strip() for part in said.partition(",")[0].split("/"))
    return BETWEEN_GROUPS.join(filter(None, parts))


def _take(named: dict[str, str], title: str, group: str, place: int, found: Gathering) -> None:
    """Note an outline that names an address: of a feed, or of a page, which is a source here too."""
    if named.get("type", "").lower() == "include":
        found.refuse(named.get("url") or title, _INCLUDED, place)
        return
    settings = _settings(named.get(_SETTINGS, ""))
    if search := named.get(_SEARCH):
        found.search(search, title, group)
        return
    feed = named.get("xmlurl", "")
    site = named.get("htmlurl", "") if feed else ""
    address = feed or named.get("url") or named.get("htmlurl") or ""
    found.source(address, title, group, site_url=site, is_feed=bool(feed), settings=settings, place=place)


def _settings(text: str) -> SourceSettings:
    """Return the settings that this program wrote; a header is never taken, whoever wrote it."""
    try:
        value = parse_json(text) if text else {}
        settings = source_settings_from_json(value) if isinstance(value, dict) else SourceSettings()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return SourceSettings()
    default = SourceSettings()
    sound = {each.name: getattr(settings, each.name) for each in fields(settings) if _is_sound(each.name, settings)}
    return replace(default, **sound)


def _is_sound(name: str, settings: SourceSettings) -> bool:
    value = getattr(settings, name)
    match name:
        case "lists":
            return all(isinstance(label, str) for label in value)
        case "full_articles" | "pictures" | "use_rule":
            return isinstance(value, bool)
        case "user_agent":
            return isinstance(value, str) and value.isascii() and value.isprintable()
        case "refresh_minutes" | "keep_days" | "keep_megabytes":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return False
