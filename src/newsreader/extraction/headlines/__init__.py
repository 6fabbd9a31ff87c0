"""The lists of headlines on a page."""
