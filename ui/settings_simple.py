"""The settings that need no data: how it looks, and what it is."""

from dataclasses import replace

from models import accounts
from models.i18n import Lang
from ui import theme
from ui.context import Context
from ui.settings_rows import Section
from ui.version import VERSION
from ui.widgets import Segmented, label
from ui.words import settings as w


class LookSection(Section):
    """Colours, text size, language: each at once."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, w.TITLES["look"], w.AT_ONCE)
        self.colours = Segmented([("light", ctx.words(w.LIGHT)), ("dark", ctx.words(w.DARK))])
        self.colours.set_value(ctx.theme.mode)
        self.colours.chosen.connect(self._restyle_mode)
        self.add_row(w.LOOK, w.LOOK_HELP, self.colours)
        self.text_size = Segmented([(key, ctx.words(words)) for key, words in w.SIZES])
        self.text_size.set_value(next(key for key, k in theme.TEXT_SIZES.items() if k == ctx.theme.k))
        self.text_size.chosen.connect(lambda key: ctx.restyle(theme=replace(ctx.theme, k=theme.TEXT_SIZES[key])))
        self.add_row(w.SIZE, w.SIZE_HELP, self.text_size)
        self.language = Segmented([("id", "Bahasa Indonesia"), ("en", "English")])
        self.language.set_value(ctx.lang)
        self.language.chosen.connect(self._restyle_lang)
        self.add_row(w.LANGUAGE, w.LANGUAGE_HELP, self.language)

    def _restyle_mode(self, mode: theme.Mode) -> None:
        self.ctx.restyle(theme=replace(self.ctx.theme, mode=mode))

    def _restyle_lang(self, lang: Lang) -> None:
        self.ctx.restyle(lang=lang)


class AboutSection(Section):
    """Version, folder, licences."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, w.TITLES["about"], w.ABOUT_LEAD)
        self.add_row(w.VERSION, "Dampingi", label(VERSION, "bold"))
        self.add_row(w.DATA_FOLDER, str(accounts.home()), label(""))
        self.add_row(w.LICENCE, w.LICENCE_TEXT, label(""))
