"""The widgets of which every page is made. `from ui.widgets import Card, Field, HintButton`."""

from ui.widgets.buttons import HintButton, IconButton, NavButton, link
from ui.widgets.chips import Chip, StatusChip, SyncPill
from ui.widgets.choices import AnswerRow, Answers, Segmented
from ui.widgets.edits import GroupedLineEdit, MoneyEdit, SmartDateEdit, TextArea, TextEdit
from ui.widgets.field import ErrorSummary, Field
from ui.widgets.frames import Avatar, Banner, Card, EmptyState, StatCard, Tile, clear, column, frame, row
from ui.widgets.labels import ElidedLabel, icon_label, key_box, label, rule
from ui.widgets.overlay import FocusRing, Scrim, Toast
from ui.widgets.search_edit import ChoiceSearchEdit
from ui.widgets.steps import StepRail, StepState

__all__ = [
    "AnswerRow", "Answers", "Avatar", "Banner", "Card", "Chip", "ChoiceSearchEdit", "ElidedLabel", "EmptyState",
    "ErrorSummary", "Field", "FocusRing", "GroupedLineEdit", "HintButton", "IconButton", "MoneyEdit", "NavButton",
    "Scrim", "Segmented", "SmartDateEdit", "StatCard", "StatusChip", "StepRail", "StepState", "SyncPill",
    "TextArea", "TextEdit", "Tile", "Toast", "clear", "column", "frame", "icon_label", "key_box", "label", "link", "row", "rule",
]  # fmt: skip
