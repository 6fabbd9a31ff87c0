"""One worker process for all tests that do not try the worker itself: to start one takes longer than most tests."""

import atexit
from functools import cache

from newsreader.sandbox import Sandbox


@cache
def shared_sandbox() -> Sandbox:
    """Return the worker of this test process; it is replaced when it dies, and ended with the process."""
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return sandbox
