"""How a new office begins: the buttons that register and import, and the page while there is nothing yet."""

from ui.context import Context
from ui.shortcuts import hint
from ui.widgets import EmptyState, HintButton
from ui.words import common


def register_button(ctx: Context) -> HintButton:
    """For the top bar of a page."""
    return HintButton(ctx.words(common.REGISTER), "primary", icon="plus", hint=hint("register"),
                      clicked=lambda: ctx.go("register"))  # fmt: skip


def register_first(ctx: Context) -> HintButton:
    """Large, on an empty page."""
    return HintButton(ctx.words(common.REGISTER_FIRST), "primary", icon="plus", hint=hint("register"), size="large",
                      clicked=lambda: ctx.go("register"))  # fmt: skip


def empty_office(ctx: Context) -> EmptyState:
    """No business yet: register the first one, or bring the list that is there."""
    bring = HintButton(ctx.words(common.IMPORT_EXCEL), icon="file-spreadsheet", size="large",
                       clicked=lambda: ctx.go("import"))  # fmt: skip
    return EmptyState(ctx.words(common.NO_BUSINESS), ctx.words(common.NO_BUSINESS_HELP), [register_first(ctx), bring])
