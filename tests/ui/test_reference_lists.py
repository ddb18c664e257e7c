"""Lists of reference that a sync brought are what pickers offer, in the account that holds them."""

import pytest

from models import packs
from models.packs import FOLDER
from models.reference_packs import records, take_into_use
from models.schema import Field
from models.services import SERVICE
from models.store import Store
from ui import editors
from ui.context import Context
from ui.register_edits import ProductEdit

LETTERS = "ABCDEFGHIJKLMNOPQRSTUV"
KBLI = "code,title,category\n10299,PENGASAPAN BELUT,C\n" + "".join(
    f"{60_000 + n},KEGIATAN CONTOH {n},{LETTERS[n * 22 // 1600]}\n" for n in range(1_600)
)
SERVICES = (FOLDER / "services.csv").read_text(encoding="utf-8") + (
    "digital,Etalase daring,Online show window,Etalase,Window,marketing,Toko daring,Online shop,,marketing\n"
)

pytestmark = pytest.mark.usefixtures("shipped_lists")


def test_pickers_offer_what_a_newer_list_has(ctx: Context, store: Store, qtbot) -> None:
    product = ProductEdit(ctx)
    qtbot.addWidget(product)
    assert len(product._products("pengasapan bel")) == 1  # "something else"

    for name, text in {"kbli_2025": KBLI, "services": SERVICES}.items():
        pack = packs.read(name, text.encode(), "2", "Keputusan Contoh", "2026-11-01")
        store.save_all(("reference_pack", row) for row in records(pack))
    take_into_use(store)

    assert product._products("pengasapan bel")[0] == ("2025:10299|Pengasapan belut", "Pengasapan belut — 10299")
    tools = editors.Tools("en", ctx.clock, ctx.profile.home_scope)
    service = editors.editor(Field("service", SERVICE, SERVICE.options[0].words), tools)
    qtbot.addWidget(service.widget)
    assert service.widget._find("show win") == [("digital", "Online show window")]
