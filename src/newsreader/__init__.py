"""Read any news page in the terminal.

`newsreader.__version__` is the version that is installed; it is looked up when it is asked for.
"""


def __getattr__(name: str) -> str:
    if name != "__version__":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib.metadata import version

    return version(__name__)
