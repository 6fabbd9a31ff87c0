"""Articles to Markdown, HTML, plain text and JSON."""
