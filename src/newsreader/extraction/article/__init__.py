"""From a page's tree to its article."""
