"""The version of what extraction finds, apart from extraction's slow imports."""

EXTRACTOR_VERSION = 18
"""Raised whenever extraction finds something else in the same bytes: what an older one stored is extracted again."""
