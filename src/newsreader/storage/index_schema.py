"""The schema of the index in the cache."""

# One document for each story: its article if it is stored, else its headline. Stored data updates the index by triggers
# which stories it has to look at again; `unindexed` is the list of them, the last entry the most urgent.
#
# SQLite before 3.43 cannot take a document out of an index that holds no copy of its words. Such a document goes from
# `documents`, and its number stays in `dead`, never to be used again; when the dead are many, the index is rebuilt.
INDEX_STEP = """
-- what can be sought
CREATE TABLE sites (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    name TEXT NOT NULL,  -- as its pages give it; empty where they give none
    sought TEXT NOT NULL,  -- both, as searches compare them
    language TEXT,  -- of the article that was indexed last
    UNIQUE (host, name)
) STRICT;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,  -- in the index; the younger the article, the greater
    story TEXT NOT NULL UNIQUE,  -- urls.story_key
    kind TEXT NOT NULL CHECK (kind IN ('page', 'saved', 'headline')),
    page INTEGER,  -- of the cache
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    site INTEGER NOT NULL,
    language TEXT,
    published TEXT,  -- ISO 8601; without an offset in the page's local time
    saved_at TEXT,  -- in the library, when it was looked at
    seal INTEGER NOT NULL  -- crc32 of its words
) STRICT;
CREATE TABLE dead (id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE languages (language TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;  -- of which there are stems, and words
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'ascii');
CREATE TABLE unindexed (id INTEGER PRIMARY KEY AUTOINCREMENT, story TEXT NOT NULL UNIQUE) STRICT;
CREATE INDEX headlines_by_story ON headlines (story);
INSERT INTO unindexed (story)
    SELECT story FROM headlines WHERE list_url NOT LIKE 'search:%' GROUP BY story ORDER BY max(first_seen);
INSERT OR IGNORE INTO unindexed (story) SELECT story FROM stories;
INSERT OR REPLACE INTO unindexed (story)
    SELECT story FROM pages WHERE has_article = 1 GROUP BY story ORDER BY max(fetched_at);
CREATE TRIGGER story_is_new AFTER INSERT ON stories
WHEN NOT EXISTS (SELECT 1 FROM documents WHERE story = new.story) BEGIN
    DELETE FROM unindexed WHERE story = new.story;
    INSERT INTO unindexed (story) VALUES (new.story);
END;
CREATE TRIGGER story_is_other AFTER UPDATE OF title, summary ON stories
WHEN new.title <> old.title OR ifnull(new.summary, '') <> ifnull(old.summary, '') BEGIN
    DELETE FROM unindexed WHERE story = new.story;
    INSERT INTO unindexed (story) VALUES (new.story);
END;
CREATE TRIGGER story_is_gone AFTER DELETE ON stories BEGIN
    DELETE FROM unindexed WHERE story = old.story;
    INSERT INTO unindexed (story) VALUES (old.story);
END;
CREATE TRIGGER page_is_new AFTER INSERT ON pages WHEN new.has_article = 1 BEGIN
    DELETE FROM unindexed WHERE story = new.story;
    INSERT INTO unindexed (story) VALUES (new.story);
END;
CREATE TRIGGER page_is_other AFTER UPDATE ON pages WHEN new.has_article = 1 OR old.has_article = 1 BEGIN
    DELETE FROM unindexed WHERE story = new.story;
    INSERT INTO unindexed (story) VALUES (new.story);
END;
CREATE TRIGGER page_is_gone AFTER DELETE ON pages WHEN old.has_article = 1 BEGIN
    DELETE FROM unindexed WHERE story = old.story;
    INSERT INTO unindexed (story) VALUES (old.story);
END;
CREATE TRIGGER headline_is_new AFTER INSERT ON headlines
WHEN new.list_url NOT LIKE 'search:%' AND NOT EXISTS (SELECT 1 FROM documents WHERE story = new.story) BEGIN
    DELETE FROM unindexed WHERE story = new.story;
    INSERT INTO unindexed (story) VALUES (new.story);
END;
CREATE TRIGGER headline_is_other AFTER UPDATE OF title, summary ON headlines
WHEN new.title <> old.title OR ifnull(new.summary, '') <> ifnull(old.summary, '') BEGIN
    DELETE FROM unindexed WHERE story = new.story;
    INSERT INTO unindexed (story) VALUES (new.story);
END;
CREATE TRIGGER headline_is_gone AFTER DELETE ON headlines
WHEN NOT EXISTS (SELECT 1 FROM headlines WHERE story = old.story) BEGIN
    DELETE FROM unindexed WHERE story = old.story;
    INSERT INTO unindexed (story) VALUES (old.story);
END;
"""

FORGET_INDEX = (
    "INSERT INTO words (words) VALUES ('delete-all')",
    "DELETE FROM documents",
    "DELETE FROM dead",
    "DELETE FROM languages",
    "DELETE FROM vocabulary",
    "DELETE FROM sites",
    "DELETE FROM unindexed",
)
RECREATE = (
    *FORGET_INDEX,
    "INSERT INTO unindexed (story) SELECT story FROM headlines WHERE list_url NOT LIKE 'search:%'"
    " GROUP BY story ORDER BY max(first_seen)",
    "INSERT OR IGNORE INTO unindexed (story) SELECT story FROM stories",
    "INSERT OR REPLACE INTO unindexed (story)"
    " SELECT story FROM pages WHERE has_article = 1 GROUP BY story ORDER BY max(fetched_at)",
)
