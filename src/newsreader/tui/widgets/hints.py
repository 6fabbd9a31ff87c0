"""Letters for links: as few as distinguish them, none the beginning of another; pure."""

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def hint_labels(count: int) -> list[str]:
    """Return so many labels, the shortest first: one letter each as long as there are letters."""
    labels = [*_LETTERS]
    start = 0
    while len(labels) - start < count:
        labels += [labels[start] + letter for letter in _LETTERS]
        start += 1
    return labels[start : start + count]
