"""The accounts of the reader, in a file that only the reader may read, and where their passwords are."""

import asyncio
from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any

from newsreader.i18n import gettext
from newsreader.password_output import password_from
from newsreader.service.account_errors import NoKeyringError, NoPasswordKeptError
from newsreader.service.account_values import Account
from newsreader.storage.private_file import PrivateFile
from newsreader.text import line
from newsreader.values import dataclass

_SERVICE = "newsreader"  # under which the keyring has the passwords


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account with its password, where that is in the file."""

    account: Account
    password: str = field(default="", repr=False)


class AccountFile:
    """Keeps accounts beside the library, never in it: no backup and no exchange of the library includes them."""

    def __init__(self, directory: Path) -> None:
        self._file: PrivateFile[KeptAccount] = PrivateFile(directory / "accounts.json", _from_json, _to_json)

    async def all(self) -> dict[str, KeptAccount]:
        """Return the accounts by their keys.

        Raises:
            StoreError: the file cannot be read.
        """
        return await asyncio.to_thread(self._file.all)

    async def put(self, account: Account, password: str) -> None:
        """Store an account, replacing one with the same key.

        Raises:
            StoreError: the file cannot be written.
            NoKeyringError: the password is to be in the keyring, which cannot be used.
        """
        if account.kept_in == "keyring":
            await asyncio.to_thread(_use_keyring, lambda keyring: keyring.set_password(_SERVICE, account.key, password))
        kept = KeptAccount(account, password if account.kept_in == "file" else "")
        await asyncio.to_thread(self._file.change, lambda values: values.update({account.key: kept}))

    async def remove(self, account: Account) -> None:
        """Forget an account and its password.

        Raises:
            StoreError: the file cannot be written.
            NoKeyringError: the password is in the keyring, which cannot be used.
        """
        await asyncio.to_thread(self._file.change, lambda values: values.pop(account.key, None))
        if account.kept_in == "keyring":
            await asyncio.to_thread(_use_keyring, lambda keyring: _delete(keyring, account.key))

    async def password(self, kept: KeptAccount) -> str:
        """Return the password of an account.

        Raises:
            NoPasswordKeptError, PasswordCommandError: there is none.
        """
        account = kept.account
        if account.kept_in == "command":
            return await password_from(account.command, account.url)
        if account.kept_in == "file":
            return kept.password
        try:
            found = await asyncio.to_thread(_use_keyring, lambda keyring: keyring.get_password(_SERVICE, account.key))
        except NoKeyringError as error:
            raise NoPasswordKeptError(account.url, reason=error.parameters["reason"]) from error
        if not found:
            raise NoPasswordKeptError(account.url, reason=gettext("the keyring does not have it"))
        return str(found)


def _delete(keyring: Any, key: str) -> None:  # noqa: ANN401
    if keyring.get_password(_SERVICE, key) is not None:
        keyring.delete_password(_SERVICE, key)


def _use_keyring(use: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """Return what a use of the system's keyring returns.

    Raises:
        NoKeyringError: it cannot be used.
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise NoKeyringError(reason=gettext("the package keyring is not installed")) from error
    try:
        return use(keyring)
    except (KeyringError, RuntimeError, OSError) as error:
        raise NoKeyringError(reason=line(str(error), 120) or type(error).__name__) from error


def _from_json(value: Any) -> KeptAccount:  # noqa: ANN401
    command = tuple(str(each) for each in value.get("command", ()))
    headers = tuple((str(name), str(text)) for name, text in value.get("headers", ()))
    ways = ("file", "command", "keyring")
    if value["kept_in"] not in ways:
        raise ValueError
    client = value.get("client")
    account = Account(
        str(value["key"]),
        str(value["url"]),
        str(value["user"]),
        value["kept_in"],
        command,
        headers,
        str(value.get("service", "reader")),
        (str(client[0]), str(client[1])) if client is not None else None,
        datetime.fromisoformat(value["added_at"]) if "added_at" in value else None,
    )
    return KeptAccount(account, str(value.get("password", "")))


def _to_json(kept: KeptAccount) -> dict[str, Any]:
    account = kept.account
    value: dict[str, Any] = {
        "key": account.key,
        "url": account.url,
        "user": account.user,
        "kept_in": account.kept_in,
        "service": account.service,
    }
    if account.client is not None:
        value["client"] = list(account.client)
    if account.added_at is not None:
        value["added_at"] = account.added_at.isoformat()
    if account.command:
        value["command"] = list(account.command)
    if account.headers:
        value["headers"] = [list(pair) for pair in account.headers]
    return value | ({"password": kept.password} if kept.password else {})
