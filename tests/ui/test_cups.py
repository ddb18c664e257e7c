"""A real CUPS-PDF printer under Debian: what comes out has the right size, and letters that are letters.

The spooler is a child of this test in a folder of its own; no service of the computer is needed or touched.
"""

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from ctypes import CDLL
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

import reports
from models.errors import AppError
from reports.paper import MM, SIZES
from tests.reports import pdf as read_back
from tests.reports.samples import DRAWN
from ui import printing
from ui.printing import PrintJob, SystemDesk

CUPSD, BACKEND = Path("/usr/sbin/cupsd"), Path("/usr/lib/cups/backend/cups-pdf")
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
ROUNDED_MM = 0.2  # this driver's sheets are whole points: 609 x 935 for 609.45 x 935.43
PRINTER = "PDF"

FILES = """
ServerRoot {0}\nStateDir {0}\nCacheDir {0}/cache\nRequestRoot {0}/spool\nTempDir {0}/spool/tmp\nServerKeychain {0}/ssl
ErrorLog {0}/error\nAccessLog {0}/access\nPageLog {0}/page\nUser lp\nGroup lp\nSystemGroup root\nSandboxing relaxed
"""
DAEMON = """
Listen {0}/socket\nBrowsing Off\nWebInterface No\nDefaultAuthType None\nLogLevel warn
<Location />\nAllow all\n</Location>
<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>
"""

pytestmark = pytest.mark.skipif(
    not (BACKEND.exists() and CUPSD.exists() and os.geteuid() == 0),
    reason="needs root and Debian's cups and printer-driver-cups-pdf (docs/how-to.md, Print to a real printer)",
)


@pytest.fixture(scope="module")
def spooler() -> Iterator[Path]:
    """The socket of a spooler with one printer."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # its filters run as another user
        (folder / "spool" / "tmp").mkdir(parents=True)
        (folder / "cups-files.conf").write_text(FILES.format(folder))
        (folder / "cupsd.conf").write_text(DAEMON.format(folder))
        command = [CUPSD, "-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
            try:
                yield folder / "socket"
            finally:
                daemon.terminate()


@pytest.fixture(scope="module")
def sheets() -> Iterator[Path]:
    """Where the printer lays its sheets: a folder of whoever prints, gone again when nothing else is in it."""
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    yield folder
    with suppress(OSError):
        folder.rmdir()


@pytest.fixture
def desk(spooler: Path, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemDesk]:
    cups = CDLL("libcups.so.2")
    cups.cupsSetServer(str(spooler).encode())  # a process that asked for printers before would stay with the computer's
    monkeypatch.setenv("CUPS_SERVER", str(spooler))
    monkeypatch.setattr(printing, "TITLE", f"dampingi-{uuid4().hex}")
    qtbot.waitUntil(spooler.exists, timeout=10_000)
    subprocess.run(["lpadmin", "-p", PRINTER, "-E", "-v", "cups-pdf:/", "-P", PPD], check=True, capture_output=True)
    yield SystemDesk()
    cups.cupsSetServer(None)


def printed(sheets: Path, qtbot) -> bytes:
    """The one sheet with this test's title, when it is out."""

    def out() -> bool:
        waiting = subprocess.run(["lpstat", "-o"], check=True, capture_output=True)
        return not waiting.stdout and any(sheets.glob(f"{printing.TITLE}*"))

    qtbot.waitUntil(out, timeout=30_000)
    (found,) = sheets.glob(f"{printing.TITLE}*")
    data = found.read_bytes()
    found.unlink()
    return data


def test_the_printer_is_found_with_its_sizes(desk: SystemDesk) -> None:
    (found,) = desk.printers()
    assert found.name == PRINTER
    assert {"A4", "F4", "A5"} <= found.sizes


@pytest.mark.parametrize(("size", "shrink", "wanted"), [("A4", False, "A4"), ("F4", False, "F4"), ("F4", True, "A4")])
def test_a_sheet_comes_out_as_it_was_previewed(
    desk: SystemDesk, sheets: Path, qtbot, size: str, shrink: bool, wanted: str
) -> None:
    desk.print_out(PrintJob(reports.render(reports.PAPERS["ringkasan"], DRAWN, size), PRINTER, size, shrink=shrink))
    reader = read_back.read(printed(sheets, qtbot))
    (page,) = reader.pages
    sides = [float(side) / MM for side in page.mediabox[2:]]
    assert sides == pytest.approx([SIZES[wanted].width_mm, SIZES[wanted].height_mm], abs=ROUNDED_MM)
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
    assert len(fonts) >= 5
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts)
    assert "/XObject" not in page["/Resources"]  # type: ignore[operator]


def test_a_printer_that_went_away_is_said(desk: SystemDesk) -> None:
    subprocess.run(["lpadmin", "-x", PRINTER], check=True, capture_output=True)
    job = PrintJob(reports.render(reports.PAPERS["ringkasan"], DRAWN, "A4"), PRINTER, "A4")
    with pytest.raises(AppError, match="does not answer"):
        desk.print_out(job)
    with pytest.raises(AppError, match="does not answer"):
        printing.hand_over("lp", job, "A4")
