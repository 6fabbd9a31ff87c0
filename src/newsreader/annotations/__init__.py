"""Highlights and notes: where they are in an article's words, and how a changed article is searched for them."""
