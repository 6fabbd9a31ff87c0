"""Bytes of a page to a `Page`: pure functions of values, no clock, no network, no files."""
