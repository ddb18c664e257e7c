"""Words of Beranda."""

from models.i18n import Words

MADAM, SIR = Words("Bu {name}", "{name}"), Words("Pak {name}", "{name}")
SOMEBODY = Words("Bapak/Ibu {name}", "{name}")

OFFLINE = Words("Belum ada internet — silakan terus bekerja.", "No internet yet — please keep working.")
OFFLINE_TEXT = Words(
    "Data Anda aman di laptop ini; {n} data menunggu dan akan terkirim sendiri begitu tersambung.",
    "Your data is safe on this laptop; {n} items wait and will be sent by themselves once connected.",
)
OFFLINE_NOTHING = Words(
    "Data Anda aman di laptop ini; tidak ada yang menunggu dikirim.",
    "Your data is safe on this laptop; nothing waits to be sent.",
)
SEE_DATA = Words("Lihat data", "See the data")
CLOSE_BANNER = Words("Tutup sampai besok", "Close until tomorrow")

BUSINESSES = Words("Usaha dampingan", "Assisted businesses")
NEW_THIS_MONTH = Words("+{n} bulan ini", "+{n} this month")
NONE_NEW = Words("belum bertambah bulan ini", "none new this month")
SESSIONS = Words("Sesi bulan ini", "Sessions this month")
PERSONS = Words("{n} orang berbeda", "{n} different people")
NO_PERSONS = Words("belum ada sesi", "no session yet")
LATE_TASKS = Words("{n} terlambat", "{n} late")
NONE_LATE = Words("tidak ada yang terlambat", "none is late")
WITHOUT_NIB = Words("Belum punya NIB", "No NIB yet")
WITH_NIB = Words("{n} sudah ({share} %)", "{n} have one ({share}%)")
NO_SHARE = Words("belum ada usaha", "no business yet")

FOLLOW_UPS = Words("Tindak lanjut", "Follow-ups")
DAYS_LATE = Words("Terlambat {n} hari", "{n} days late")
ONE_DAY_LATE = Words("Terlambat 1 hari", "1 day late")
TODAY = Words("Hari ini", "Today")
TOMORROW = Words("Besok", "Tomorrow")
AT_TIME = Words("Pukul {time} — {what}", "At {time} — {what}")
NO_PHONE = Words("tanpa No. HP", "no phone number")
KEYS = Words(
    "Spasi = tandai selesai · Enter = buka · T = tunda · W = salin teks WA",
    "Space = done · Enter = open · T = postpone · W = copy WhatsApp text",
)
SEE_ALL = Words("Lihat semua ({n})", "See all ({n})")
ALL_DONE = Words("Semua tindak lanjut beres. Bagus!", "All follow-ups done. Well done!")
NEXT_ONE = Words("Berikutnya: {day}.", "Next: {day}.")
NO_TASKS = Words("Tindak lanjut dari sesi konsultasi tampil di sini.", "Follow-ups of your sessions will stand here.")
DONE = Words("Selesai", "Done")
POSTPONE = Words("Tunda", "Postpone")
POSTPONED = Words("Ditunda sampai {day}.", "Postponed to {day}.")
THREE_DAYS = Words("3 hari", "3 days")
OTHER_DAY = Words("Tanggal, mis. 7 atau 1/12", "A date, e.g. 7 or 1/12")
MONDAY = Words("Senin", "Monday")
MESSAGE = Words(
    "Salam {who}, kami dari {office} mengingatkan: {what}. Terima kasih. — {me}",
    "Dear {who}, a reminder from {office}: {what}. Thank you. — {me}",
)
COPIED = Words("Teks WhatsApp untuk {owner} disalin.", "WhatsApp text for {owner} copied.")

GO_ON = Words("PERLU DILANJUTKAN", "TO GO ON WITH")
DRAFT = Words("Lanjutkan draf: {name}", "Go on with draft: {name}")
DRAFT_SESSION = Words("Lanjutkan sesi: {name}", "Go on with session: {name}")
NO_NAME = Words("tanpa nama", "no name")
SAVED_AT = Words("Tersimpan {time}", "Saved {time}")
RECENT = Words("Terakhir dibuka", "Opened last")
RECENT_NONE = Words("Usaha yang Anda buka tampil di sini.", "Businesses that you open will stand here.")
NEW = Words("baru", "new")
RW = Words("RW {n:02d}", "RW {n:02d}")
