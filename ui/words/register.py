"""Words of Daftarkan usaha and of Pemberitahuan."""

from models.i18n import Words

TITLE = Words("Daftarkan usaha baru", "Register a business")
TITLE_EDIT = Words("Ubah data usaha", "Edit the business")

STEP_OWNER = Words("Pemilik", "Owner")
STEP_BUSINESS = Words("Usaha", "Business")
STEP_PRODUCT = Words("Produk & legalitas", "Product & permits")
STEP_NOTICE = Words("Pemberitahuan", "Notification")
STEP_FILLED = Words("{filled} dari {of} terisi", "{filled} of {of} filled")
STEP_COMPLETE = Words("lengkap", "complete")
STEP_LATER = Words("boleh menyusul", "may follow later")
STEP_LAST = Words("tinggal ini", "only this left")

HEAD_OWNER = Words("1. Pemilik usaha", "1. Owner")
HEAD_BUSINESS = Words("2. Usaha", "2. Business")
HEAD_PRODUCT = Words("3. Produk & legalitas", "3. Product & permits")
HEAD_NOTICE = Words(
    "4. Pemilik sudah diberi tahu untuk apa datanya dicatat?",
    "4. Has the owner been told what the data is for?",
)
MANDATORY = Words(
    "Yang wajib hanya nama, No. HP, kelurahan, dan nama usaha.",
    "Only name, phone, village and business name are needed.",
)
MNEMONIC_HINT = Words(
    "Tanda <u>garis bawah</u> = pintasan.<br>Tahan <b>Alt</b> lalu tekan hurufnya.",
    "An <u>underline</u> is a shortcut.<br>Hold <b>Alt</b> and press the letter.",
)

# Labels carry the mnemonic of design/UI.md 5.5; `&` stands before the underlined letter.
LABEL: dict[str, Words] = {
    "owner.name": Words("&Nama lengkap", "Full &name"),
    "owner.nik": Words("NI&K", "NI&K"),
    "owner.phone": Words("No. &HP / WhatsApp", "P&hone / WhatsApp"),
    "owner.sex": Words("Jenis ke&lamin", "Ma&le or female"),
    "owner.village": Words("K&elurahan / desa", "Villag&e"),
    "owner.address": Words("&Alamat", "&Address"),
    "owner.rt": Words("&RT", "&RT"),
    "owner.rw": Words("R&W", "R&W"),
    "owner.birth_date": Words("Tanggal lah&ir", "B&irth date"),
    "business.name": Words("Nama &usaha", "B&usiness name"),
    "business.activity": Words("&Jenis usaha", "Kind o&f business"),
    "business.sales_month": Words("&Penjualan sebulan", "Sales &per month"),
    "business.capital": Words("&Modal", "&Capital"),
    "business.main_product": Words("Produk u&tama", "Main produc&t"),
    "business.nib": Words("NI&B", "NI&B"),
    "business.brand": Words("Merek da&gang", "Trade&mark"),
    "business.started": Words("&Sejak tahun", "&Since (year)"),
}
PLACEHOLDER: dict[str, Words] = {
    "business.name": Words("Mis. Batik Rengganis Ayu", "E.g. Batik Rengganis Ayu"),
    "business.activity": Words("Ketik produk, mis. “keripik”", "Type the product, e.g. “keripik”"),
}
HELP: dict[str, Words] = {
    "owner.name": Words("Sesuai KTP, tanpa gelar.", "As on the ID card, no titles."),
    "owner.nik": Words("16 angka di KTP. Boleh menyusul.", "16 digits on the ID card. May follow."),
    "owner.phone": Words("Mulai dengan 08. Boleh nomor keluarga.", "Starts with 08. A relative's number will do."),
    "owner.village": Words("Ketik 3 huruf, mis. “pat”.", "Type 3 letters, e.g. “pat”."),
    "business.name": Words(
        "Belum ada nama? Tulis produknya + nama pemilik.", "No name yet? Write the product + the owner's name."
    ),
    "business.activity": Words("KBLI diisikan otomatis.", "KBLI is filled in automatically."),
    "business.sales_month": Words(
        "Kira-kira saja. Skala usaha dihitung otomatis.", "Roughly. The scale is computed from it."
    ),
    "business.capital": Words("Tanpa tanah dan bangunan.", "Without land and buildings."),
    "business.nib": Words("13 angka.", "13 digits."),
}
OUTSIDE = Words("Di luar wilayah — cari di seluruh Indonesia", "Outside the area — search all Indonesia")
OTHER_PRODUCT = Words("Lainnya: “{typed}”", "Other: “{typed}”")
CHOOSE_PRODUCT = Words("Pilih dari daftar atau “Lainnya”.", "Choose from the list, or “Other”.")
FROM_NIK = Words("Terisi dari NIK.", "Filled in from the NIK.")
A_YEAR = Words("{money}/tahun", "{money}/year")
TAKEN = Words("sudah dipakai", "already in use")

GUEST = Words(
    "Datanya dikirim ke kantor itu, lalu keluar dari laptop ini. Ringkasan hari ini masih bisa dicetak.",
    "The records go to that office and then leave this laptop. Today's summary may still be printed.",
)
GUEST_WAITS = Words(
    "Boleh disimpan, tetapi belum bisa dikirim: titipan hanya bisa dikirim di sekitar hari kegiatan. Hubungi Dinas.",
    "May be saved, but cannot be sent yet: only around the day of an event. Call the Dinas.",
)

STARTED_AT = Words("Mulai {time} · ", "Started {time} · ")
SECONDS = Words("{seconds} detik", "{seconds} seconds")
MINUTES = Words("{minutes} menit", "{minutes} minutes")
CANCEL = Words("Batal", "Cancel")
SAVE_NEXT = Words("Simpan && lanjut", "Save && continue")
SAVE = Words("Simpan usaha", "Save business")
OPEN_EXISTING = Words("Buka data yang ada", "Open the existing data")
DELETE_DRAFT = Words("Hapus draf", "Delete draft")


HINTS = Words("Mungkin sudah terdaftar", "May already be registered")
HINTS_NONE = Words("Belum ada yang mirip", "Nothing similar so far")
HINTS_NONE_WHY = Words(
    "Nama, NIK, dan No. HP dicocokkan dengan data di laptop ini sambil Anda mengetik.",
    "Name, NIK and phone are compared with the data on this laptop while you type.",
)
HINTS_QUIET = Words("{n} nama mirip", "{n} similar names")
SAME_NAME = Words("Nama sama", "Same name")
SAME_PHONE = Words("No. HP sama", "Same phone")
SAME_NIK = Words("NIK sama", "Same NIK")
NIK_UNKNOWN = Words("NIK belum bisa dibandingkan", "NIK cannot be compared yet")
NIK_TAKEN = Words("NIK ini sudah ada atas nama {name}.", "This NIK is already there, in the name of {name}.")
NIK_TAKEN_HOW = Words(
    "Buka datanya, atau simpan bila memang orang berbeda.", "Open it, or save if it is really another person."
)
USE_THIS = Words("Pakai data ini", "Use this one")
OPEN_IT = Words("Buka", "Open")
SHOW_HINT = Words("Lihat {name}", "Show {name}")
NOT_THE_SAME = Words(
    "Bukan orang yang sama? Lanjutkan mengisi — tidak ada yang terhapus.",
    "Not the same person? Go on — nothing is deleted.",
)
KEEP_APART = Words("Tetap simpan — orang berbeda", "Save anyway — another person")
KEEP_APART_WHY = Words("Mengapa orang berbeda?", "Why another person?")
KEEP_APART_EXAMPLE = Words("Mis. NIK salah ketik di data lama", "E.g. the old record has a wrong NIK")

APART_NOTE = Words("Orang berbeda dengan NIK yang sama: {why}", "Another person with the same NIK: {why}")

NOTICE_LINE = Words("{who} — jawab dengan angka 1–4.", "{who} — answer with a digit, 1–4.")
NOTICE_LINE_KNOWN = Words("{who} — jawab dengan angka 1–3.", "{who} — answer with a digit, 1–3.")
NOTICE_HELP: dict[str, Words] = {
    "signed": Words("Foto lembar bisa ditambahkan nanti.", "A photo of the sheet may be added later."),
    "read_aloud": Words("Tulis nama saksi.", "Write the witness's name."),
    "not_yet": Words(
        "Tetap disimpan dan dikirim; tidak dibagikan, tidak diekspor.", "Saved and sent; not shared, not exported."
    ),
    "refused": Words(
        "Isian dihapus. Hanya satu hitungan tanpa nama yang disimpan.",
        "The entry is deleted. Only one count without a name is kept.",
    ),
}
WITNESS = Words("Nama saksi", "Name of the witness")
PURPOSES = Words("Pilihan pemilik, satu per satu", "The owner's choices, one by one")
PURPOSES_NOTE = Words("tidak ada yang dipilihkan", "nothing is chosen beforehand")
NOT_ASKED = Words("belum ditanya", "not asked yet")
AGREE = Words("Setuju", "Agrees")
DISAGREE = Words("Tidak", "No")
READ_ALOUD = Words("Bacakan kepada pemilik", "Read aloud to the owner")
LEGAL_BASIS = Words(
    "Dasar pencatatan: tugas pelayanan publik Dinas (UU 27/2022 Ps 20). Jawaban ini disimpan dengan waktu dan nama "
    "Anda.",
    "Legal basis: public task of the Dinas (UU 27/2022 Art. 20). This answer is kept with the time and your name.",
)
REFUSE_TITLE = Words("Pemilik menolak dicatat?", "Does the owner refuse to be recorded?")
REFUSE_TEXT = Words(
    "Isian dihapus dari laptop ini. Hanya satu hitungan tanpa nama yang disimpan.",
    "The entry is deleted from this laptop. Only one count without a name is kept.",
)
REFUSE_DO = Words("Hapus isian", "Delete the entry")
REFUSED = Words(
    "Isian dihapus. Satu penolakan tanpa nama dihitung.", "Entry deleted. One refusal without a name was counted."
)
DELETE_DRAFT_TITLE = Words("Hapus draf “{name}”?", "Delete draft “{name}”?")
DELETE_DRAFT_TEXT = Words(
    "Isian yang belum disimpan akan hilang dari laptop ini.", "What was not saved will be gone from this laptop."
)
NO_NAME = Words("tanpa nama", "no name")
SAVED = Words("Tersimpan. Cetak dengan Ctrl+P.", "Saved. Print with Ctrl+P.")
OPEN_SESSION = Words("Buka sesi (F4)", "Open a session (F4)")
