"""Tones and icons of Sinkronisasi."""

LOOK = {  # by `ui.sync_view.View.key`
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
