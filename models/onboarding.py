"""A new account on this laptop: what the first run asks, written at one moment."""

import shutil
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from models import accounts
from models.accounts import Account
from models.clock import SYSTEM, Clock
from models.i18n import Lang, Words

if TYPE_CHECKING:
    from models.store import Store

SAMPLE_PASSPHRASE = "kantor contoh untuk belajar"  # noqa: S105 - opens invented data only, and is shown
SAMPLE = Words("Kantor contoh", "Sample office")


@dataclass(frozen=True, slots=True)
class Person:
    """What the first run asked of the person who will work here."""

    name: str = ""
    village: str = ""  # 10 digits: the office's custody
    position: str = ""
    nip: str = ""
    office_phone: str = ""
    lang: Lang = "id"
    code: str = ""  # enrolment code, empty when it comes later
    server: str = ""
    server_pin: str = ""


SAMPLE_PERSON = Person(
    "Sri Wahyuni", "3513141017", "Kasie Pemberdayaan Masyarakat", "197805152003012001", office_phone="+6281200000100"
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A fresh account with its open store, and the recovery key that is shown once."""

    account: Account
    store: "Store"
    recovery_key: str = ""


def office_name(village: str) -> str:
    """`Kel. Patokan, Kec. Kraksaan`: how the office is named in the window."""
    from models.reference import path  # the language can be chosen before the regions are there

    return ", ".join(path(village).split(", ")[:2])


def make_account(person: Person, passphrase: str, clock: Clock = SYSTEM) -> NewAccount:
    """Make the account, keep what was answered, and leave its store open."""
    account, recovery_key = accounts.create(
        person.name, office_name(person.village), passphrase, person.village, clock=clock
    )
    store = accounts.unlock(account, passphrase, clock=clock)
    try:
        with store.transaction():
            store.set_setting("profile", asdict(person))
    except BaseException:
        store.close()
        raise
    return NewAccount(account, store, recovery_key)


def open_sample(lang: Lang) -> NewAccount:
    """The sample office, made when it is opened for the first time; its clock always stands at the same minute."""
    from models import outbox, sample  # only who opens the sample pays for them

    clock = Clock(now=lambda: sample.MOMENT)
    found = next((a for a in accounts.list_accounts() if a.sample), None)
    if found:
        return NewAccount(found, accounts.unlock(found, SAMPLE_PASSPHRASE, clock=clock))
    person = replace(SAMPLE_PERSON, lang=lang)
    office = f"{SAMPLE.to(lang)} — {office_name(person.village)}"
    account, _ = accounts.create(person.name, office, SAMPLE_PASSPHRASE, person.village, sample=True, clock=clock)
    store = accounts.unlock(account, SAMPLE_PASSPHRASE, clock=clock)
    try:
        sample.build(store, sample.MOMENT)
        store.set_setting("sync.person", {"id": store.setting("staff_id"), "name": person.name})
        outbox.sign_as(store, store.setting("staff_id"))
        store.set_setting("profile", asdict(person))
    except BaseException:
        store.close()
        shutil.rmtree(account.folder, ignore_errors=True)
        raise
    return NewAccount(account, store)


def profile(store: "Store") -> Person:
    """Who works with this account."""
    kept = store.setting("profile", {})
    names = {f.name for f in fields(Person)}
    return Person(**{name: value for name, value in kept.items() if name in names})


def change_profile(store: "Store", person: Person) -> None:
    """Keep another answer to what the first run asked."""
    store.set_setting("profile", asdict(person))
