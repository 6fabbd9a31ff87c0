"""What the build adds: compiled catalogues, in the wheel or beside their sources, and the text of the package page."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).parent / "tools"))

from gettext_files import LOCALE, compile_changed, compiled, po_files
from package_page import package_page


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Gives a wheel the .mo files of its languages; the tree that a whole wheel is built from is left as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; `version` is that of the target, "standard" or "editable"."""
        root = Path(self.root)
        if version == "editable":
            compile_changed(root)
            return
        self._made = TemporaryDirectory()
        for po_file in po_files(root):
            place = po_file.relative_to(root / LOCALE).with_suffix(".mo")
            mo_file = Path(self._made.name) / place
            mo_file.parent.mkdir(parents=True)
            mo_file.write_bytes(compiled(po_file))
            build_data["force_include"][str(mo_file)] = (Path("newsreader") / "locale" / place).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made for the wheel."""
        if version != "editable":
            self._made.cleanup()


class PackagePageHook(MetadataHookInterface):
    """Gives the package README as the text of its page, without pictures and links that lead nowhere there."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": package_page(readme)}
