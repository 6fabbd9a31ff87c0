"""Importing files of other programs as sources and articles; what cannot be imported is listed with its reason."""
