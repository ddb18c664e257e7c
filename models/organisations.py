"""Cooperatives, groups, partner companies, banks and buyers; what a cooperative keeps of its members.

Kept for the whole kabupaten, so names and phones of members from other villages come with the
membership and not with their owner's record.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from models import kinds
from models.conditions import CONDITIONS
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

ORGANISATION_KIND = kinds.choice("organisation_kind", [
    ("cooperative", "Koperasi", "Cooperative"), ("group", "Kelompok usaha bersama", "Group"),
    ("pkk", "Kelompok PKK", "PKK group"), ("pma", "PMA", "Foreign investment company"),
    ("pmdn", "PMDN", "Domestic company"), ("bumn", "BUMN", "State-owned enterprise"),
    ("offtaker", "Off-taker", "Off-taker"), ("bank", "Bank / lembaga keuangan", "Bank or lender"),
    ("buyer", "Pembeli", "Buyer"), ("showroom", "Rumah UMKM", "UMKM house"),
], {"kub": "group", "kelompok": "group", "off taker": "offtaker", "bank": "bank"})  # fmt: skip
GROUPS = ("cooperative", "group", "pkk")
MEMBER_ROLE = kinds.choice("member_role", [
    ("chair", "Ketua", "Chair"), ("secretary", "Sekretaris", "Secretary"), ("treasurer", "Bendahara", "Treasurer"),
    ("member", "Anggota", "Member"),
])  # fmt: skip
SAVINGS_KIND = kinds.choice("savings_kind", [
    ("share", "Simpanan pokok", "Share capital"), ("dues", "Simpanan wajib", "Dues"),
    ("voluntary", "Simpanan sukarela", "Voluntary savings"), ("withdrawal", "Penarikan sukarela", "Withdrawal"),
], {"pokok": "share", "wajib": "dues", "sukarela": "voluntary", "penarikan": "withdrawal"})  # fmt: skip
PURCHASE_STATE = kinds.choice("purchase_state", [
    ("gathering", "Mengumpulkan bagian", "Gathering shares"), ("ordered", "Dipesan", "Ordered"),
    ("arrived", "Sudah tiba", "Arrived"), ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip

ORGANISATION = Entity(
    "organisation",
    Words("Organisasi", "Organisation"),
    Words("Organisasi", "Organisations"),
    (
        Field("name", kinds.NAME, Words("Nama", "Name"), "identity", headings=("nama koperasi", "nama mitra", "nama kelompok"),
              required=True, listed=True, searched=True),
        Field("kind", ORGANISATION_KIND, Words("Jenis", "Kind"), "identity", required=True, listed=True),
        Field("deed", kinds.TEXT, Words("Nomor badan hukum", "Legal entity number"), "identity"),
        Field("deed_on", kinds.DATE, Words("Tanggal akta", "Deed date"), "identity"),
        Field("nib", kinds.NIB, Words("NIB", "NIB"), "identity", merge="server"),
        Field("since", kinds.YEAR, Words("Dibina sejak", "Assisted since"), "identity"),
        Field("sector", kinds.TEXT, Words("Bidang", "Sector"), "identity", listed=True, searched=True),
        Field("contact_name", kinds.NAME, Words("Nama kontak", "Contact name"), "contact", private=True),
        Field("phone", kinds.PHONE, Words("No. HP / telepon", "Phone"), "contact", private=True),
        Field("email", kinds.EMAIL, Words("Surel", "E-mail"), "contact", private=True),
        Field("address", kinds.TEXT, Words("Alamat", "Address"), "contact", group="address"),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village"), "contact", listed=True, group="address"),
        Field("share_capital", kinds.MONEY, Words("Simpanan pokok per anggota", "Share capital per member"), "savings"),
        Field("monthly_dues", kinds.MONEY, Words("Simpanan wajib sebulan", "Dues per month"), "savings"),
        Field("needs", CONDITIONS, Words("Syarat usaha yang dicari", "What it looks for"), "needs",
              Words("Satu syarat sebaris, mis. “business.nib filled”.", "One condition a line, e.g. “business.nib filled”.")),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note"), "note", private=True),
    ),
    sections=(
        ("identity", Words("Organisasi", "Organisation")),
        ("contact", Words("Kontak", "Contact")),
        ("savings", Words("Simpanan", "Savings")),
        ("needs", Words("Yang dicari", "What it looks for")),
        ("note", Words("Catatan", "Note")),
    ),
    kept_with=(),
    scope_digits=4,
)  # fmt: skip

MEMBERSHIP = Entity(
    "membership",
    Words("Keanggotaan", "Membership"),
    Words("Keanggotaan", "Memberships"),
    (
        Field("organisation_id", kinds.REF, Words("Organisasi", "Organisation"), required=True),
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner")),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("name", kinds.NAME, Words("Nama anggota", "Member's name"), headings=("nama", "anggota"),
              required=True, private=True, listed=True, searched=True),
        Field("business_name", kinds.NAME, Words("Nama usaha", "Business name"), listed=True),
        Field("phone", kinds.PHONE, Words("No. HP", "Phone"), private=True),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village"), listed=True),
        Field("role", MEMBER_ROLE, Words("Jabatan", "Role"), listed=True),
        Field("joined_on", kinds.DATE, Words("Anggota sejak", "Member since"), required=True, listed=True),
        Field("left_on", kinds.DATE, Words("Keluar pada", "Left on")),
    ),
    kept_with=("organisation_id",),
    scope_digits=4,
)  # fmt: skip

SAVINGS_ENTRY = Entity(
    "savings_entry",
    Words("Setoran", "Deposit"),
    Words("Buku simpanan", "Savings book"),
    (
        Field("membership_id", kinds.REF, Words("Anggota", "Member"), required=True),
        Field("kind", SAVINGS_KIND, Words("Jenis simpanan", "Kind of savings"), required=True, listed=True),
        Field("amount", kinds.MONEY, Words("Jumlah", "Amount"), required=True, listed=True, special=True),
        Field("months", kinds.COUNT, Words("Untuk berapa bulan", "For how many months"),
              help=Words("Hanya simpanan wajib.", "Dues only."), special=True),
        Field("paid_on", kinds.DATE, Words("Tanggal", "Date"), required=True, listed=True),
        Field("receipt", kinds.TEXT, Words("Nomor tanda terima", "Receipt number"), listed=True),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
    append_only=True,
    kept_with=("membership_id",),
    scope_digits=4,
)  # fmt: skip

PURCHASE = Entity(
    "purchase",
    Words("Pembelian bersama", "Joint purchase"),
    Words("Pembelian bersama", "Joint purchases"),
    (
        Field("organisation_id", kinds.REF, Words("Koperasi", "Cooperative"), required=True),
        Field("item", kinds.TEXT, Words("Barang", "Item"), required=True, listed=True, searched=True),
        Field("quantity", kinds.COUNT, Words("Jumlah pesanan", "Quantity ordered"), required=True, listed=True),
        Field("unit", kinds.TEXT, Words("Satuan", "Unit"), required=True),
        Field("total", kinds.MONEY, Words("Harga seluruhnya", "Price of the order"), required=True, listed=True),
        Field("price_alone", kinds.MONEY, Words("Harga beli sendiri per satuan", "Price of a unit bought alone")),
        Field("supplier", kinds.TEXT, Words("Pemasok", "Supplier")),
        Field("ordered_on", kinds.DATE, Words("Dipesan pada", "Ordered on")),
        Field("arrives_on", kinds.DAY, Words("Tiba pada", "Arrives on"), listed=True),
        Field("state", PURCHASE_STATE, Words("Keadaan", "State"), required=True, listed=True),
    ),
    kept_with=("organisation_id",),
    scope_digits=4,
)

PURCHASE_SHARE = Entity(
    "purchase_share",
    Words("Bagian anggota", "Member's share"),
    Words("Bagian anggota", "Members' shares"),
    (
        Field("purchase_id", kinds.REF, Words("Pembelian bersama", "Joint purchase"), required=True),
        Field("membership_id", kinds.REF, Words("Anggota", "Member"), required=True),
        Field("quantity", kinds.COUNT, Words("Bagian", "Share"), required=True, listed=True),
        Field("paid_on", kinds.DATE, Words("Dibayar pada", "Paid on"), listed=True),
    ),
    kept_with=("purchase_id", "membership_id"),
    scope_digits=4,
)


def _passed_at_most(row: Row, _today: date) -> Iterable[Problem]:
    """More cannot pass than was looked at."""
    checked, passed = row.get("checked"), row.get("passed")
    if checked is not None and passed is not None and passed > checked:
        yield Problem("error", "passed", Words(
            "Yang lolos lebih banyak dari yang diperiksa. Hitung lagi.",
            "More passed than were checked. Count again."), "passed")  # fmt: skip


QUALITY_CHECK = Entity(
    "quality_check",
    Words("Pemeriksaan mutu", "Quality check"),
    Words("Pemeriksaan mutu", "Quality checks"),
    (
        Field("organisation_id", kinds.REF, Words("Koperasi", "Cooperative"), required=True),
        Field("partnership_id", kinds.REF, Words("Kontrak", "Contract")),
        Field("item", kinds.TEXT, Words("Barang", "Item"), required=True, listed=True),
        Field("unit", kinds.TEXT, Words("Satuan", "Unit")),
        Field("checked_on", kinds.DATE, Words("Diperiksa pada", "Checked on"), required=True, listed=True),
        Field("checked", kinds.COUNT, Words("Jumlah diperiksa", "Pieces checked"), required=True, listed=True, group="count"),
        Field("passed", kinds.COUNT, Words("Lolos", "Passed"), required=True, listed=True, group="count"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    rules=(_passed_at_most,),
    kept_with=("organisation_id",),
    scope_digits=4,
)  # fmt: skip

QUALITY_FAULT = Entity(
    "quality_fault",
    Words("Cacat mutu", "Fault"),
    Words("Cacat mutu", "Faults"),
    (
        Field("quality_check_id", kinds.REF, Words("Pemeriksaan mutu", "Quality check"), required=True),
        Field("membership_id", kinds.REF, Words("Pembuat", "Maker")),
        Field("pieces", kinds.COUNT, Words("Jumlah", "Pieces"), required=True, listed=True),
        Field("reason", kinds.TEXT, Words("Sebab ditolak", "Reason"), required=True, listed=True),
        Field("repair_by", kinds.DUE_DATE, Words("Diperbaiki sebelum", "To be repaired before"), listed=True),
        Field("repaired_on", kinds.DATE, Words("Selesai diperbaiki", "Repaired on"), listed=True),
    ),
    kept_with=("quality_check_id", "membership_id"),
    scope_digits=4,
)

MEETING = Entity(
    "meeting",
    Words("Rapat", "Meeting"),
    Words("Rapat", "Meetings"),
    (
        Field("organisation_id", kinds.REF, Words("Organisasi", "Organisation"), required=True),
        Field("held_on", kinds.DAY, Words("Tanggal", "Date"), required=True, listed=True, group="when"),
        Field("at", kinds.TEXT, Words("Jam", "Time"), group="when"),
        Field("place", kinds.TEXT, Words("Tempat", "Place"), listed=True),
        Field("agenda", kinds.LONG_TEXT, Words("Acara", "Agenda")),
        Field("present", kinds.COUNT, Words("Hadir", "Present")),
        Field("decisions", kinds.LONG_TEXT, Words("Keputusan", "Decisions")),
    ),
    kept_with=("organisation_id",),
    scope_digits=4,
)


def months_due(joined_on: str, left_on: str | None, today: date) -> int:
    """For how many months dues are owed: every month from joining to leaving or now, both counted."""
    first, last = date.fromisoformat(joined_on), min(today, date.fromisoformat(left_on or today.isoformat()))
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def split_to_the_rupiah(total: int, shares: Sequence[int]) -> list[int]:
    """What each share costs: whole rupiah that add up to the total; the largest remainders pay the odd ones."""
    whole = sum(shares)
    if not whole:
        return [0] * len(shares)
    parts = [divmod(total * share, whole) for share in shares]
    odd = total - sum(rupiah for rupiah, _ in parts)
    first = sorted(range(len(shares)), key=lambda n: (-parts[n][1], n))[:odd]
    return [rupiah + (n in first) for n, (rupiah, _) in enumerate(parts)]
