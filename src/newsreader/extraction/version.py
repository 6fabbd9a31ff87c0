"""The version of what extraction finds, apart from its slow imports."""

EXTRACTOR_VERSION = 1
"""Raised whenever extraction finds something else in the same bytes; pages stored by an older one are extracted anew."""
