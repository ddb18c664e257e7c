"""Forms to fill by hand or on a screen: registration, consent, and the fields in them."""

import io
from typing import Any

from pypdf import PdfReader, PdfWriter

import reports
from models.store import Store
from reports.paper import Request
from tests import fakes
from tests.reports import pdf as read_back
from tests.reports.gallery_office import SRI

FORM, CONSENT = reports.PAPERS["formulir"], reports.PAPERS["persetujuan"]


def request(store: Store, **about: Any) -> Request:
    return Request(about.pop("owner_id", ""), "", store.clock.today(), SRI, scope=store.home_scope, **about)


def form(store: Store, **about: Any) -> bytes:
    return reports.render(FORM, FORM.collect(store, request(store, **about)), "F4")


def fields(pdf: bytes) -> dict[str, Any]:
    return PdfReader(io.BytesIO(pdf)).get_fields() or {}


def widgets(pdf: bytes) -> list[Any]:
    return [ref.get_object() for page in PdfReader(io.BytesIO(pdf)).pages for ref in page["/Annots"]]


def test_digit_boxes_are_as_many_as_the_numbers_have(store: Store) -> None:
    found = [(str(w["/T"]).rpartition("_")[0], int(w["/MaxLen"])) for w in widgets(form(store)) if "/MaxLen" in w]
    lengths = {name: sum(length for of, length in found if of == name)
               for name in ("nik", "phone", "nib", "birth_date", "sales", "capital")}  # fmt: skip
    assert lengths == {"nik": 16, "phone": 13, "nib": 13, "birth_date": 8, "sales": 9, "capital": 10}


def test_a_field_is_read_out_by_what_stands_before_it(store: Store) -> None:
    said = {str(w["/T"]): str(w["/TU"]) for w in widgets(form(store))}
    assert (said["nik_2"], said["birth_date_1"], said["rw"]) == ("NIK (16 angka)", "Tanggal lahir", "RW")
    assert (said["address_more"], said["sex_male"], said["district"]) == (
        "Alamat rumah",
        "Jenis kelamin: Laki-laki",
        "Kecamatan",
    )


def test_every_field_says_what_it_is_for_and_lies_on_the_paper(store: Store) -> None:
    for widget in widgets(form(store)):
        assert widget["/TU"]
        left, low, right, high = (float(side) for side in widget["/Rect"])
        assert 18 * read_back.MM - 1 <= left < right <= (215 - 16) * read_back.MM + 1
        assert 12 * read_back.MM < low < high < 300 * read_back.MM


def test_what_is_typed_on_a_screen_stands_in_the_papers_own_embedded_font(store: Store) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(form(store)))
    font = writer._root_object["/AcroForm"]["/DR"]["/Font"]["/DampingiTeks-Regular"].get_object()
    assert len(font["/FontDescriptor"]["/FontFile2"].get_object().get_data()) > 60_000  # every letter it has
    writer.update_page_form_field_values(
        writer.pages[0], {"nik_1": "3513", "village": "Patokan", "sex_female": "/Yes"}, auto_regenerate=False
    )
    out = io.BytesIO()
    writer.write(out)
    found = fields(out.getvalue())
    assert (found["nik_1"]["/V"], found["village"]["/V"], found["sex_female"]["/V"]) == ("3513", "Patokan", "/Yes")


def test_fields_of_two_forms_in_one_file_keep_their_own_names(store: Store) -> None:
    from reports.page import write
    from reports.paper import SIZES

    sheet = FORM.layout(FORM.collect(store, request(store)), frozenset())
    found = fields(write([sheet, sheet], SIZES["F4"]))
    assert len(found) == 2 * len(fields(form(store)))


def test_the_sheet_is_addressed_to_its_owner_and_needs_no_owner(store: Store) -> None:
    owner_id = store.save("owner", fakes.owner(name="Siti Aminah", sex="P", phone="+6281200000142")).first_id("owner")
    hers = read_back.text(reports.render(CONSENT, CONSENT.collect(store, request(store, owner_id=owner_id)), "F4"))
    assert "“Bu, data usaha Ibu dicatat" in hers
    assert "Siti Aminah" in hers
    assert "0812-0000-0142" in hers
    anybodys = read_back.text(reports.render(CONSENT, CONSENT.collect(store, request(store)), "F4"))
    assert "Bapak/Ibu" in anybodys
    assert "F-02 versi 1" in anybodys


def test_purpose_one_has_no_box_and_the_others_have_two(store: Store) -> None:
    found = fields(reports.render(CONSENT, CONSENT.collect(store, request(store)), "F4"))
    assert [name for name in found if name.startswith("purpose")] == [
        f"purpose_{n}_{answer}" for n in (2, 3, 4) for answer in ("yes", "no")
    ]


def test_the_office_words_its_own_sheet(store: Store) -> None:
    store.set_setting("paper_sentences", {"f02.how_long": "Tiga tahun.", "f02.who": "Kami: {office}, dan {siapa}."})
    found = read_back.text(reports.render(CONSENT, CONSENT.collect(store, request(store)), "F4"))
    assert "Tiga tahun." in found
    assert "Kami: Kelurahan Patokan Kabupaten Probolinggo, dan {siapa}." in found
    assert "5 tahun untuk arsip" not in found
