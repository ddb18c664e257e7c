"""Tones and icons of Sinkronisasi, and how its columns are emptied."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

LOOK = {
    "ok": ("ok", "cloud-check"),
    "waiting": ("info", "clock"),
    "sending": ("info", "send"),
    "offline": ("wait", "cloud-off"),
    "alone": ("wait", "cloud-off"),
    "paused": ("wait", "clock"),
    "conflict": ("gr", "git-merge"),
    "help": ("bad", "triangle-alert"),
}
EVENT_LOOK = {
    "done": ("ok", "check"),
    "offline": ("wait", "cloud-off"),
    "clock": ("wait", "clock"),
    "stick": ("info", "usb"),
    "refused": ("bad", "triangle-alert"),
    "help": ("bad", "triangle-alert"),
}
ENTITY_ICONS = {
    "owner": "user-round",
    "business": "store",
    "consent": "shield-check",
    "consultation": "messages-square",
    "follow_up": "calendar-check",
    "facilitation": "folder-check",
    "conflict": "git-merge",
}


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout and free it."""
    while item := layout.takeAt(0):
        inner = item.layout()
        if isinstance(widget := item.widget(), QWidget):
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _clear_line(inner)


def _clear_line(layout: QLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            _clear_line(inner)
    layout.deleteLater()
