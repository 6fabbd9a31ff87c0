"""Highlights and notes: where they are in an article's text, and how they are found in a changed article."""
