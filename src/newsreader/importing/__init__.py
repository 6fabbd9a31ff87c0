"""Files of other programs as sources and articles; what cannot be taken is named with its reason."""
