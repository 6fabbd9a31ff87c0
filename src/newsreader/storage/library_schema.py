"""The schema of the library: steps; new ones are added at the end, and none is ever changed."""

from newsreader.storage import sources
from newsreader.storage.accounts import STEP as ACCOUNTS_STEP
from newsreader.storage.downloads import STEP as DOWNLOADS_STEP
from newsreader.storage.highlights import STEP as HIGHLIGHTS_STEP
from newsreader.storage.journal_saved import STEP as JOURNAL_SAVED_STEP
from newsreader.storage.journal_sources import STEP as JOURNAL_SOURCES_STEP
from newsreader.storage.journal_tables import STEP as JOURNAL_STEP
from newsreader.storage.later import STEP as LATER_STEP
from newsreader.storage.schema import Schema
from newsreader.storage.tagging import READ_RULES_STEP, TAGS_STEP

SCHEMA = Schema(
    application_id=0x4E77734C,  # NwsL
    options=(
        "PRAGMA journal_mode = TRUNCATE",  # as safe as deleting it, without two waits for the directory
        "PRAGMA synchronous = FULL",
        "PRAGMA fullfsync = ON",
        "PRAGMA foreign_keys = ON",
    ),
    steps=(
        """
        -- 1: articles that the reader keeps, whole; marks, choices, places; what was changed, to undo it
        CREATE TABLE saved (
            id INTEGER PRIMARY KEY,
            story TEXT NOT NULL,  -- urls.story_key
            url TEXT NOT NULL,
            title TEXT NOT NULL,
            site_name TEXT,
            language TEXT,
            published TEXT,  -- ISO 8601; without an offset in the page's local time
            saved_at TEXT NOT NULL,  -- ISO 8601, UTC
            word_count INTEGER NOT NULL,
            picture_count INTEGER NOT NULL,
            removed_at TEXT  -- kept a while for undo; NULL while the article is saved
        ) STRICT;
        CREATE UNIQUE INDEX saved_story ON saved (story) WHERE removed_at IS NULL;
        CREATE INDEX saved_by_time ON saved (saved_at) WHERE removed_at IS NULL;
        CREATE TABLE saved_parts (
            id INTEGER PRIMARY KEY,
            saved INTEGER NOT NULL REFERENCES saved (id) ON DELETE CASCADE,
            part TEXT NOT NULL CHECK (part IN ('page', 'response', 'picture')),
            number INTEGER NOT NULL,  -- of the picture, in the article's order
            head TEXT NOT NULL,  -- JSON: what is known of the content
            content BLOB NOT NULL,  -- page and response: zlib
            sha256 BLOB NOT NULL,  -- of head and content, verified on reading
            UNIQUE (saved, part, number)
        ) STRICT;

        CREATE TABLE read_marks (
            story TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            read_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE choices (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL,  -- JSON
            chosen_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE places (
            story TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            block INTEGER NOT NULL,  -- of the article, from 0
            words TEXT NOT NULL,  -- that the place begins with: they find it again after a re-extraction
            kept_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX places_by_time ON places (kept_at);

        CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            session TEXT NOT NULL,  -- which run of the program made it
            changed_at TEXT NOT NULL,
            action TEXT NOT NULL,
            detail TEXT NOT NULL,  -- JSON: what undoing needs
            undone_at TEXT
        ) STRICT;
        CREATE INDEX changes_to_undo ON changes (session, id) WHERE undone_at IS NULL;
        CREATE INDEX changes_by_time ON changes (changed_at);
        """,
        DOWNLOADS_STEP,
        sources.STEP,
        TAGS_STEP,
        """
        -- how far each article was read, and its title, for the list of what is in progress
        ALTER TABLE places ADD COLUMN signs INTEGER NOT NULL DEFAULT 0;  -- of the block, before the place
        ALTER TABLE places ADD COLUMN percent INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE places ADD COLUMN title TEXT NOT NULL DEFAULT '';
        """,
        LATER_STEP,
        READ_RULES_STEP,
        JOURNAL_STEP,
        JOURNAL_SOURCES_STEP + JOURNAL_SAVED_STEP,
        HIGHLIGHTS_STEP,
        ACCOUNTS_STEP,
    ),
)
