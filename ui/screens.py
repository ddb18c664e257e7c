"""The table of screens. A new screen is one file and one line here."""

from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from models.i18n import Words
from ui.context import Context
from ui.page import Page


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: where it stands in the sidebar and which class draws it.

    `place` is empty for inner pages, which light up the entry named by `under`.
    """

    key: str
    page: str  # "module:Class", imported when first shown
    title: Words
    icon: str = ""
    place: Literal["top", "bottom", ""] = ""
    keys: str = ""
    under: str = ""

    def build(self, ctx: Context) -> Page:
        """Make the page."""
        module, _, name = self.page.partition(":")
        page: Page = getattr(import_module(module), name)(ctx)
        return page


SCREENS: dict[str, Screen] = {
    s.key: s
    for s in (
        Screen("home", "ui.home_page:HomePage", Words("Beranda", "Home"), "house", "top", "Ctrl+1"),
        Screen("owners", "ui.owners_page:OwnersPage", Words("Pelaku Usaha", "Businesses"), "store", "top", "Ctrl+2"),
        Screen("reports", "ui.report_page:ReportPage", Words("Laporan", "Reports"), "chart-column", "top", "Ctrl+7"),
        Screen("sync", "ui.sync_page:SyncPage", Words("Sinkronisasi", "Sync"), "refresh-cw", "top", "Ctrl+8"),
        Screen("settings", "ui.settings_page:SettingsPage", Words("Pengaturan", "Settings"), "settings", "bottom", "Ctrl+,"),
        Screen("help", "ui.help_page:HelpPage", Words("Bantuan", "Help"), "circle-question-mark", "bottom", "F1"),
        Screen("register", "ui.register_page:RegisterPage", Words("Daftarkan usaha", "Register business"), under="owners"),
        Screen("session", "ui.session_page:SessionPage", Words("Sesi baru", "New session"), under="owners"),
        Screen("import", "ui.import_page:ImportPage", Words("Impor Excel", "Import Excel"), under="owners"),
        Screen("preview", "ui.preview_page:PreviewPage", Words("Pratinjau cetak", "Print preview"), under="owners"),
    )
}  # fmt: skip
