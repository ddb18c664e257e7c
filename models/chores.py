"""What the program does by itself once a day or once a month, while somebody works."""

from collections.abc import Callable
from dataclasses import dataclass

from models import contracts, quality_lists
from models.store import Changes, Store

SETTING = "chores"  # {key: the day or month in which it was done last}
DAILY, MONTHLY = "%Y-%m-%d", "%Y-%m"


@dataclass(frozen=True, slots=True)
class Chore:
    """One of them: how its period is written, and what is done."""

    period: str
    work: Callable[[Store], Changes]


def _remember_quality(store: Store) -> Changes:
    quality_lists.remember(store, quality_lists.records(store))
    return Changes()


CHORES: dict[str, Chore] = {
    "renewals": Chore(DAILY, contracts.ask_renewals),
    "quality": Chore(MONTHLY, _remember_quality),
}


def due(store: Store) -> list[str]:
    """Keys of what was not done yet in this day or month."""
    done = _done(store)
    return [key for key, chore in CHORES.items() if done.get(key) != _now(store, chore)]


def do(store: Store, key: str) -> Changes:
    """Do one and note it, both or neither."""
    chore = CHORES[key]
    with store.transaction():
        changes = chore.work(store)
        store.set_setting(SETTING, _done(store) | {key: _now(store, chore)})
    return changes


def _done(store: Store) -> dict[str, str]:
    return store.setting(SETTING) or {}


def _now(store: Store, chore: Chore) -> str:
    return store.clock.today().strftime(chore.period)
