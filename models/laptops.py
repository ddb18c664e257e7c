"""The laptops that write in an office's area, and when the server last heard each of them, as it told at a greeting."""

from collections.abc import Mapping
from datetime import datetime

from models.clock import iso
from models.store import Store

SETTING = "laptops"  # {scope: {device: moment, or empty for never}}


def note(store: Store, heard: Mapping[str, Mapping[str, str]]) -> None:
    """Keeps what the server told, by scope and device; moments are ISO 8601 UTC, empty for never."""
    if store.setting(SETTING) != heard:
        store.set_setting(SETTING, heard)


def silent_since(store: Store, within: str, moment: datetime) -> int | None:
    """How many laptops of an area the server has not heard since a moment; None when it has told of none."""
    told: Mapping[str, Mapping[str, str]] = store.setting(SETTING) or {}
    heard = {
        device: at for scope, devices in told.items() if scope.startswith(within) for device, at in devices.items()
    }
    return sum(at < iso(moment) for at in heard.values()) if heard else None
