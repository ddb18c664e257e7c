"""`python -m tests.screens`: every screen of the sample office as pictures in build/screens, light and dark."""

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from models.lists import ListQuery, page, row_ids
from models.onboarding import open_sample
from models.store import Store
from tests.fakes import SaidDialogs
from tests.tour.laptop import settle, until
from ui import preferences, theme
from ui.app import Window, application
from ui.gate import Opened
from ui.screens import SCREENS

LOOKS = {"terang": theme.Theme(), "gelap": theme.Theme("dark"), "besar": theme.Theme("light", 1.28)}
WITH_RECORD = ("register", "session", "preview")


def main() -> None:
    """Draw them all."""
    parser = argparse.ArgumentParser("python -m tests.screens", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/screens"), help="default: %(default)s")
    target: Path = parser.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    application()
    theme.apply(theme.Theme())
    with tempfile.TemporaryDirectory() as home:
        os.environ["DAMPINGI_HOME"] = home
        made = open_sample("id")
        first = first_record(made.store)
        window = Window(Path(home), made.store.clock, preferences.Preferences())
        window._dialogs = SaidDialogs()
        window.resize(1366, 688)
        window.show()
        window.enter(Opened(made.account, made.store))
        for name, look in LOOKS.items():
            before = window.centralWidget()
            window.restyle(look=look)
            until(lambda before=before: window.centralWidget() not in (before, None))
            for key in SCREENS:
                window.account.shell.go(key, **(first if key in WITH_RECORD or key == "owners" else {}))
                settle(window.account)
                if key == "preview":
                    until(lambda: window.account.shell.page.pages.ready, 10)
                window.grab().save(str(target / f"{name}-{key}.png"))
        window.close()
    print(f"{len(LOOKS) * len(SCREENS)} pictures in {target}/")


def first_record(store: Store) -> dict[str, str]:
    """Siti Aminah and her batik, as the mock-ups show them."""
    row = page(store, row_ids(store, ListQuery("rengganis"))[:1])[0]
    return {"owner_id": row["owner_id"], "business_id": row["business_id"]}


if __name__ == "__main__":
    main()
