"""Whether a directory is in a folder that another program copies to other computers."""

from pathlib import Path

from newsreader.files import real

_SIGNS = {
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".resilio": "Resilio Sync",
    ".seafile-data": "Seafile",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.driveupload": "Google Drive",
}  # what these programs put at the top of the folders that they copy
_NAMES = {
    "Dropbox": "Dropbox",
    "Nextcloud": "Nextcloud",
    "ownCloud": "ownCloud",
    "OneDrive": "OneDrive",
    "Google Drive": "Google Drive",
    "Mobile Documents": "iCloud",
    "Seafile": "Seafile",
}


def syncing_program(directory: Path) -> str | None:
    """Return the program that copies a directory to other computers; None where there is no sign of one."""
    path = real(directory)
    for each in (path, *path.parents):
        if each.name in _NAMES:
            return _NAMES[each.name]
        for sign, program in _SIGNS.items():
            if _exists(each / sign):
                return program
    return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # not permitted
        return False
