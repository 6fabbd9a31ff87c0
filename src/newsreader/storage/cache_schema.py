"""The schema of the cache: steps; new ones are added at the end, and none is ever changed."""

from newsreader.storage import account_contents, river, site_memories, source_checks
from newsreader.storage.compression import DICTIONARIES_STEP
from newsreader.storage.index_schema import INDEX_STEP
from newsreader.storage.responses import HINTS_STEP
from newsreader.storage.schema import Schema
from newsreader.storage.seen_headlines import FURTHER_STEP

# Bodies are apart from what is counted and listed: a scan never pages through them.
SCHEMA = Schema(
    application_id=0x4E777343,  # NwsC
    disposable=True,
    options=("PRAGMA synchronous = NORMAL",),
    steps=(
        """
        -- 1: answers and pages by address, found by story too; pictures; headlines with the time when they came
        CREATE TABLE responses (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            story TEXT NOT NULL,  -- urls.story_key
            final_url TEXT NOT NULL,
            status INTEGER NOT NULL,
            content_type TEXT,
            etag TEXT,
            last_modified TEXT,
            fetched_at TEXT NOT NULL,  -- ISO 8601, UTC
            size INTEGER NOT NULL  -- of the body as kept
        ) STRICT;
        CREATE INDEX responses_by_story ON responses (story);
        CREATE INDEX responses_by_time ON responses (fetched_at);
        CREATE TABLE response_bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;  -- zlib
        CREATE TRIGGER response_goes AFTER DELETE ON responses BEGIN
            DELETE FROM response_bodies WHERE id = old.id;
        END;

        CREATE TABLE pages (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            story TEXT NOT NULL,
            version INTEGER NOT NULL,  -- of the extractor
            has_article INTEGER NOT NULL,
            title TEXT,
            fetched_at TEXT NOT NULL,
            size INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX pages_by_story ON pages (story, has_article);
        CREATE INDEX pages_by_time ON pages (fetched_at);
        CREATE TABLE page_bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;  -- JSON, zlib
        CREATE TRIGGER page_goes AFTER DELETE ON pages BEGIN
            DELETE FROM page_bodies WHERE id = old.id;
        END;

        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            content_type TEXT NOT NULL,
            fetched_at TEXT NOT NULL,
            size INTEGER NOT NULL,
            crc32 INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX pictures_by_time ON pictures (fetched_at);
        CREATE TABLE picture_bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
        CREATE TRIGGER picture_goes AFTER DELETE ON pictures BEGIN
            DELETE FROM picture_bodies WHERE id = old.id;
        END;

        CREATE TABLE headlines (
            list_url TEXT NOT NULL,
            story TEXT NOT NULL,
            url TEXT NOT NULL,
            title TEXT NOT NULL,
            summary TEXT,
            time_text TEXT,
            published TEXT,  -- ISO 8601; without an offset in the page's local time
            views INTEGER,
            image TEXT,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            place INTEGER NOT NULL,  -- in the list when last seen
            PRIMARY KEY (list_url, story)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        -- hosts that asked to be left alone until then
        CREATE TABLE hosts (
            host TEXT PRIMARY KEY,
            not_before TEXT NOT NULL  -- ISO 8601, UTC
        ) STRICT, WITHOUT ROWID;
        """,
        source_checks.STEP,
        INDEX_STEP,
        DICTIONARIES_STEP,
        FURTHER_STEP,
        site_memories.STEP,
        source_checks.FEED_STEP,
        HINTS_STEP,
        river.STEP,
        account_contents.STEP,
    ),
)
