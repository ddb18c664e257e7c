"""The accounts of this laptop: each its own folder, key, encrypted file and backups.

    accounts/<uuid>/account.json   name and office for the unlock screen: the only personal data in the clear
                    key.json       the wrapped data key (models/vault.py), and its copy
                    data.db        the encrypted store
                    backups/

The folder lies in DAMPINGI_HOME, else where the system keeps data of applications. Only the user of
the computer may read it.

The names can be listed before the store is imported, which takes as long as showing the unlock screen.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from models.clock import SYSTEM, Clock
from models.errors import DamagedDatabase
from models.files import file_errors, write_atomic

if TYPE_CHECKING:
    from models.backups import Backup
    from models.database import Connection
    from models.store import Store
    from models.vault import Vault


def home() -> Path:
    """Where Dampingi keeps its data on this computer."""
    chosen = os.environ.get("DAMPINGI_HOME")
    return Path(chosen) if chosen else user_data_path("Dampingi", appauthor=False, roaming=False)


class DamagedAccount(DamagedDatabase):
    """An account's file cannot be opened; `backup` is its newest good backup, None when there is none."""

    def __init__(self, backup: "Backup | None") -> None:
        super().__init__()
        self.backup = backup


@dataclass(frozen=True, slots=True)
class Account:
    """One person's data on this laptop, closed."""

    id: str
    folder: Path
    name: str
    office: str
    sample: bool = False  # "Kantor contoh": never connects to a server

    @property
    def data(self) -> Path:
        """The encrypted file."""
        return self.folder / "data.db"

    @property
    def backups(self) -> Path:
        """The folder of its backups."""
        return self.folder / "backups"

    def vault(self, clock: Clock = SYSTEM) -> "Vault":
        """Its key file."""
        from models.vault import Vault

        return Vault(self.folder / "key.json", clock)


def list_accounts() -> list[Account]:
    """The accounts of this laptop by name, the sample office last."""
    found: list[Account] = []
    for path in home().glob("accounts/*/account.json"):
        with suppress(OSError, ValueError, KeyError):  # a damaged card hides one account, never all
            card = json.loads(path.read_bytes())
            found.append(Account(path.parent.name, path.parent, card["name"], card["office"], bool(card["sample"])))
    return sorted(found, key=lambda a: (a.sample, a.name.casefold(), a.id))


def create(
    name: str, office: str, passphrase: str, home_scope: str, *, sample: bool = False, clock: Clock = SYSTEM
) -> tuple[Account, str]:
    """A new account and the recovery key to print; nothing is left behind when it fails.

    Raises WrongPassphrase (with the reason) for a weak passphrase.
    """
    from models.store import Store

    account_id = clock.new_id()
    account = Account(account_id, home() / "accounts" / account_id, name, office, sample)
    with file_errors():
        account.folder.mkdir(parents=True, mode=0o700)
    try:
        data_key, recovery = account.vault(clock).create(passphrase)
        store = Store.open(account.data, data_key, clock=clock, user=name, home_scope=home_scope)
        store.set_setting("home_scope", home_scope)
        store.close()
        with file_errors():
            account.data.chmod(0o600)
        _write_card(account)  # last: from now on the account is listed
    except BaseException:
        shutil.rmtree(account.folder, ignore_errors=True)
        raise
    return account, recovery


def _write_card(account: Account) -> None:
    card = {"name": account.name, "office": account.office, "sample": account.sample}
    write_atomic(account.folder / "account.json", json.dumps(card, ensure_ascii=False).encode())


def unlock(account: Account, passphrase: str, *, backup: "Backup | None" = None, clock: Clock = SYSTEM) -> "Store":
    """Opens an account; an older file is backed up, then upgraded. A `backup` is put in place before.

    Raises WrongPassphrase, TooManyTries, AlreadyOpen, NewerDatabase, DamagedAccount, FolderReadOnly
    or DiskFull.
    """
    return open_by_key(account, account.vault(clock).unlock(passphrase), backup=backup, clock=clock)


def unlock_by_recovery(
    account: Account, recovery_key: str, new_passphrase: str, *, backup: "Backup | None" = None, clock: Clock = SYSTEM
) -> "tuple[Store, str]":
    """As `unlock`, by the paper key; sets a new passphrase and answers the new paper key."""
    vault = account.vault(clock)
    data_key = vault.unlock_by_recovery(recovery_key)
    store = open_by_key(account, data_key, backup=backup, clock=clock)
    try:
        return store, vault.renew(data_key, new_passphrase)
    except BaseException:
        store.close()
        raise


def open_by_key(account: Account, data_key: bytes, *, backup: "Backup | None" = None, clock: Clock = SYSTEM) -> "Store":
    """Opens an account whose data key is known; a `backup` is put in place before, the old file set aside."""
    from models import backups

    if backup:
        backups.restore(backup, account.data, data_key, clock)
    try:
        return _open(account, data_key, clock)
    except DamagedDatabase as error:
        raise DamagedAccount(backups.newest_good(account.backups, data_key)) from error


def _open(account: Account, data_key: bytes, clock: Clock) -> "Store":
    from models import backups, database, outbox
    from models.store import Store

    if not account.data.exists():  # an empty store in its place would look like lost work
        raise DamagedDatabase

    def before_upgrade(conn: "Connection") -> None:
        backups.before_upgrade(conn, data_key, account.backups, clock)

    db = database.open_database(account.data, data_key, before_upgrade)
    try:
        store = Store(db, data_key, clock=clock, user=account.name)
        store.home_scope = store.setting("home_scope", "")
        if person := store.setting("sync.person"):
            outbox.sign_as(store, person["id"])
    except BaseException:
        db.conn.close()
        raise
    return store
