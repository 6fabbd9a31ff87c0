"""Articles as Markdown, HTML and plain text; whatever their words are, they stay words."""
