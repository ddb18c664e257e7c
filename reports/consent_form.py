"""Pemberitahuan dan Persetujuan Data (F-02): what is recorded and why, to be read or heard, and what is allowed.

Every sentence is a template: the Dinas' legal officer words it (`paper_sentences` in the settings).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import reference
from models.consents import NOTICE, read_aloud
from models.i18n import Words
from models.owners import OWNER
from reports import office, subject
from reports.blocks import Heading, Notice, Paragraph, Title
from reports.forms import Blank, Boxes, FormRow, HandBox, HandBoxes, Say, Tick
from reports.page import Block, Sheet
from reports.paper import MM, Paper, Request
from reports.shapes import CutLine, Space, Ticks
from reports.tables import Cell, CheckBox, Column, Table
from reports.text import BODY, BOLD, CELL_BOLD, SMALL, Run, Text

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Pemberitahuan dan Persetujuan Data Pribadi", "Notice and Consent about Personal Data")
LAW = Words(
    "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi · Bacakan kepada pelaku usaha bila perlu",
    "Law 27 of 2022 on the protection of personal data · Read aloud to the owner where needed",
)
DINAS = Words("Dinas", "the Dinas")
# What the office may word itself, by key. {office} and {phone} are filled in.
SENTENCES = {
    "f02.who": Words("Pengendali data: {office}.", "Controller of the data: {office}."),
    "f02.questions": Words(
        "Pertanyaan tentang data: WhatsApp {phone} atau kantor kelurahan Anda.",
        "Questions about the data: WhatsApp {phone} or your village office.",
    ),
    "f02.questions_office": Words(
        "Pertanyaan tentang data: kantor kelurahan Anda.", "Questions about the data: your village office."
    ),
    "f02.what": Words(
        "Nama, NIK, nomor HP, alamat, tanggal lahir, data usaha (produk, penjualan, modal, tenaga kerja), foto produk, "
        "salinan dokumen izin, dan isi konsultasi. Dasarnya: tugas pelayanan publik Dinas (UU 27/2022 Ps 20).",
        "Name, NIK, phone, address, date of birth, data of the business (products, sales, capital, workers), photos of "
        "products, copies of permits, and what was discussed. Basis: the public task of the Dinas (UU 27/2022 Art. 20).",
    ),
    "f02.how_long": Words(
        "Selama usaha Anda didampingi, ditambah 5 tahun untuk arsip. Setelah itu dihapus atau dibuat tanpa nama.",
        "As long as your business is assisted, and 5 years more in the archive. Then it is deleted or made anonymous.",
    ),
    "f02.purpose_1": Words(
        "Mencatat konsultasi, mengundang ke kegiatan, menghubungi saya, dan menghitung angka daerah. Bila Anda menolak "
        "dicatat, kami hanya menambah satu hitungan tanpa nama.",
        "Recording consultations, inviting to events, calling me, and counting for the region. If you refuse to be "
        "recorded we only add one to a count, without a name.",
    ),
    "f02.purpose_2": Words(
        "Mengisi dan mengirim permohonan ke OSS, Dinas Kesehatan, BPJPH, atau DJKI — hanya permohonan yang saya minta.",
        "Filling in and sending applications to OSS, the health office, BPJPH or DJKI — only those that I ask for.",
    ),
    "f02.purpose_3": Words(
        "Memotret usaha dan menampilkan nama usaha, produk, dan foto — tanpa NIK dan alamat.",
        "Taking pictures of the business and showing its name, products and photos — without NIK and address.",
    ),
    "f02.purpose_4": Words(
        "Memberikan data usaha kepada bank penyalur KUR, koperasi, atau perusahaan mitra yang saya pilih.",
        "Giving data of the business to a KUR bank, a cooperative or a partner company that I choose.",
    ),
    "f02.no_harm": NOTICE.no_harm,
    "f02.statement": Words(
        "Saya sudah membaca atau dibacakan isi lembar ini dan memilih sendiri tanpa paksaan.",
        "I have read this sheet or it was read to me, and I choose by myself without being forced.",
    ),
}  # fmt: skip
WHO, WHAT, HOW_LONG = (
    Words("Siapa kami", "Who we are"),
    Words("Data apa yang kami catat", "What we record"),
    Words("Berapa lama", "For how long"),
)
WHY, RIGHTS, STATEMENT = (
    Words("Untuk apa data Anda dicatat", "What your data is for"),
    Words("Hak Anda", "Your rights"),
    Words("Pernyataan", "Statement"),
)
PURPOSES = (
    Words("1. Mendampingi usaha saya", "1. Assisting my business"), Words("2. Mengurus izin atas nama saya", "2. Filing on my behalf"),
    Words("3. Foto dan promosi", "3. Photos and publication"), Words("4. Berbagi dengan bank atau mitra", "4. Sharing with a bank or partner"),
)  # fmt: skip
HEAD = (Words("Tujuan", "Purpose"), Words("Setuju", "I agree"), Words("Tidak", "I do not"))
PUBLIC_TASK = Words("tugas Dinas", "public task")
YOUR_RIGHTS = (
    Words("Melihat dan meminta salinan data Anda", "See your data and ask for a copy"), Words("Membetulkan data yang salah", "Have wrong data corrected"),
    Words("Menarik persetujuan ini kapan saja", "Withdraw this consent at any time"), Words("Meminta data dihapus", "Have your data deleted"),
    Words("Meminta pemrosesan ditunda atau dibatasi", "Have its use paused or limited"),
    Words("Mengadu dan meminta ganti rugi sesuai undang-undang", "Complain and claim damages as the law says"),
)  # fmt: skip
NAME, NIK, PHONE = Words("Nama lengkap", "Full name"), Words("NIK", "NIK"), Words("No. HP", "Phone")
HANDS = (
    (Words("Pelaku usaha", "Owner"), Words("tanda tangan", "signature"), 1.0),
    (Words("Bila perlu: cap jempol", "If needed: thumb print"), Words("jempol kanan", "right thumb"), 0.62),
    (Words("Saksi / petugas yang membacakan", "Witness or who read it aloud"), Words("nama & tanda tangan", "name and signature"), 1.0),
)  # fmt: skip
PLACE_DATE = Words("Tempat, tanggal", "Place, date")
STAFF_FILLS, SHEET_NUMBER = Words("Diisi petugas:", "For the office:"), Words("nomor lembar", "sheet number")
SCANNED = Words("Dipindai / difoto ke Dampingi", "Scanned into Dampingi")
FORM = Words("Lembar Pemberitahuan {version}", "Notice {version}")
COPIES = Words("pelaku usaha dan arsip", "the owner and the archive")
GAP = 2.6 * MM


@dataclass(frozen=True)
class Consent(office.Data):
    """The sentences of the sheet, and of the owner what need not be written again."""

    sentences: Mapping[str, str]
    spoken: str
    controller: str
    name: str = ""
    phone: str = ""

    title = TITLE


def collect(store: "Store", request: Request) -> Consent:
    """The sheet of one owner, or an empty one. AppError when the owner is gone or refused."""
    us = office.bearing(store, request, dinas=True)
    owner = subject.subject(store, request.owner_id).owner if request.owner_id else {}
    return Consent(
        us,
        subject.full_name(owner) if owner else us.say(TITLE),
        office.sentences(store, SENTENCES, request.lang),
        read_aloud(owner.get("sex")).to(request.lang),
        _controller(us, request.scope),
        subject.full_name(owner) if owner else "",
        subject.shown(OWNER, owner, "phone"),
    )


def _controller(us: office.Bearing, scope: str) -> str:
    """`Dinas Koperasi … Kabupaten Probolinggo`, as the kop has it."""
    region = reference.region(scope[:4])
    named = us.letterhead.named or us.say(DINAS)
    return f"{named} {region.name}" if region else named


def layout(data: Consent, _wanted: AbstractSet[str]) -> Sheet:
    """The sheet itself; one side of F4, so that nothing of it is overlooked."""
    say = data.office.say
    return Sheet(
        title=say(TITLE),
        form=say(FORM, version=NOTICE.version.replace("/", " versi ")),
        copy_for=say(COPIES),
        letterhead=data.office.letterhead,
        blocks=[
            Title(say(TITLE).upper(), say(LAW)),
            Notice(data.spoken, 2 * MM, filled=True),
            *_told(data),
            Heading(say(WHY), GAP),
            _purposes(data),
            *_rights(data),
            *_statement(data),
        ],
        lang=data.office.lang,
    )


def _told(data: Consent) -> Sequence[Block]:
    say, said, phone = data.office.say, data.sentences, data.office.officer.phone
    before, _, after = said["f02.who"].partition("{office}")
    asks = said["f02.questions"].replace("{phone}", phone) if phone else said["f02.questions_office"]
    who: Text = [Run(before, BODY), Run(data.controller, BOLD), Run(f"{after} {asks}", BODY)]
    parts = ((WHO, who), (WHAT, said["f02.what"]), (HOW_LONG, said["f02.how_long"]))
    return [block for words, text in parts for block in (Heading(say(words), GAP), Paragraph(text))]


def _purposes(data: Consent) -> Table:
    say = data.office.say
    wide, *narrow = (say(words) for words in HEAD)
    columns = [Column(wide), *(Column(words, 20, SMALL, "center", middle=True) for words in narrow)]
    rows: list[Sequence[Cell]] = []
    for number, words in enumerate(PURPOSES, start=1):
        purpose = [Run(f"{say(words)}\n", CELL_BOLD), Run(data.sentences[f"f02.purpose_{number}"], SMALL)]
        boxes = [CheckBox(side=5 * MM, field=f"purpose_{number}_{key}", label=f"{say(words)}: {said}")
                 for key, said in zip(("yes", "no"), narrow, strict=True)]  # fmt: skip
        rows.append((purpose, say(PUBLIC_TASK), None) if number == 1 else (purpose, *boxes))
    return Table(columns, rows, grid=True)


def _rights(data: Consent) -> Sequence[Block]:
    say = data.office.say
    return [
        Heading(say(RIGHTS), GAP),
        Ticks([f"• {say(words)}" for words in YOUR_RIGHTS], 2, SMALL, row_gap=0.6 * MM),
        Paragraph(data.sentences["f02.no_harm"], SMALL, gap=0.4 * MM),
    ]


def _statement(data: Consent) -> Sequence[Block]:
    say = data.office.say
    return [
        Heading(say(STATEMENT), GAP),
        Paragraph(data.sentences["f02.statement"]),
        Space(1),
        FormRow(say(NAME), [Say(data.name, BOLD) if data.name else Blank("name")]),
        FormRow(say(NIK), [Boxes((4, 4, 4, 4), "nik")]),
        FormRow(say(PHONE), [Say(data.phone, BODY) if data.phone else Boxes((4, 4, 5), "phone")]),
        HandBoxes([HandBox(say(above), say(below), share) for above, below, share in HANDS], gap=3 * MM),
        Space(2),
        FormRow(say(PLACE_DATE), [Blank("place_and_day")], label_room=26 * MM),
        CutLine(1.6 * MM, scissors=False),
        FormRow(
            "",
            [Say(say(STAFF_FILLS)), Say(say(SHEET_NUMBER), SMALL), Boxes((6,), "sheet"), Blank(ruled=False),
             Tick(say(SCANNED), "scanned")],
            label_room=0.0,
        ),
    ]  # fmt: skip


PAPER = Paper(
    key="persetujuan",
    title=Words("Pemberitahuan dan Persetujuan", "Notice and consent"),
    prefix="",
    sizes=("F4",),
    parts=(),
    collect=collect,
    layout=layout,
)
