"""What `docs/security.md` promises is shown by tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE_ROW = re.compile(r"^\| (?!attack|---)(.+)\|$", re.MULTILINE)


def test_every_line_of_the_threat_model_names_tests_that_exist() -> None:
    tests = set(re.findall(r"def (test_\w+)", "\n".join(path.read_text() for path in ROOT.glob("tests/**/test_*.py"))))
    rows = [row for row in TABLE_ROW.findall((ROOT / "docs/security.md").read_text()) if not row.startswith("---")]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row.rsplit("|", 2)[-1])
        assert named, row
        assert not set(named) - tests, row
