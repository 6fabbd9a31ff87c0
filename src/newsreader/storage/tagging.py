"""Tags, rules by query, and which addresses are one story: the reader's own, beside the saved articles."""

TAGS_STEP = """
-- tags; what is to be done with headlines that a query finds; which addresses are one story
CREATE TABLE tags (
    tag TEXT NOT NULL,  -- as query.tag_name writes it
    story TEXT NOT NULL,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    tagged_at TEXT NOT NULL,  -- ISO 8601, UTC
    PRIMARY KEY (tag, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_story ON tags (story);
CREATE TABLE rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL CHECK (action IN ('hide', 'tag', 'save')),
    query TEXT NOT NULL,
    tag TEXT NOT NULL,  -- empty where the action is another
    made_at TEXT NOT NULL
) STRICT;
CREATE TABLE ruled (  -- was done once: what the reader takes back stays so
    rule INTEGER NOT NULL,
    story TEXT NOT NULL,
    PRIMARY KEY (rule, story)
) STRICT, WITHOUT ROWID;
CREATE TABLE aliases (
    story TEXT PRIMARY KEY,
    main_story TEXT NOT NULL  -- that of the address that the article itself names
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_main ON aliases (main_story);
"""
