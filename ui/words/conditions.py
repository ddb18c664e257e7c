"""Words of the editor of conditions."""

from models.i18n import Words

FACT = Words("Apa yang dilihat", "What is looked at")
OPERATOR = Words("Bagaimana", "How")
VALUE = Words("Nilai", "Value")
ADD = Words("Tambah", "Add")
REMOVE = Words("Hapus syarat: {what}", "Take away: {what}")
OPERATORS = {
    "filled": Words("sudah ada", "is there"),
    "empty": Words("belum ada", "is missing"),
    "=": Words("adalah", "is"),
    "starts": Words("diawali", "begins with"),
    "has": Words("memuat", "mentions"),
    ">=": Words("paling sedikit", "at least"),
    "<=": Words("paling banyak", "at most"),
    "older": Words("belum pernah dalam … tahun", "not within … years"),
    "within": Words("dalam … tahun", "within … years"),
}
