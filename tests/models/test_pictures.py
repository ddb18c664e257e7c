"""What may become an attachment: types by their bytes, nothing hidden, no bombs, no place."""

import io
import zlib
from datetime import datetime

import pytest
from PIL import Image

from models import pictures
from models.attachments import LARGEST
from models.errors import FileTrouble
from models.pictures import LONGEST_NAME, prepare, shown_name, sniff, trouble
from tests.pictures import SECRET, archive, bomb, document, drawing, photo


def refused(raw: bytes, name: str = "foto.jpg") -> object:
    with pytest.raises(FileTrouble) as caught:
        prepare(raw, name)
    return caught.value.words


def test_a_photo_loses_place_and_maker_and_keeps_its_time() -> None:
    raw = photo(3000, 2000, gps=True)
    assert SECRET in raw

    made = prepare(raw, "IMG_2026.JPG")

    with Image.open(io.BytesIO(made.data)) as picture:
        assert max(picture.size) == 1600
        assert not picture.getexif()
        assert not {"exif", "comment", "icc_profile"} & set(picture.info)
    assert SECRET not in made.data
    assert b"Exif" not in made.data
    assert made.taken == datetime(2026, 11, 24, 9, 15)  # noqa: DTZ001 - a phone's clock has no zone
    assert (made.name, made.mime) == ("IMG_2026.jpg", "image/jpeg")
    assert 0 < len(made.thumb) < 20_000


def test_a_photo_turned_by_its_camera_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (400, 300)).save(out, "JPEG", exif=exif)

    with Image.open(io.BytesIO(prepare(out.getvalue(), "a.jpg").data)) as picture:
        assert picture.size == (300, 400)


def test_a_drawing_stays_png_and_a_noisy_one_becomes_jpeg() -> None:
    noisy = io.BytesIO()
    Image.effect_noise((1600, 1600), 120).convert("RGB").save(noisy, "PNG")

    assert prepare(drawing(), "logo.png").mime == "image/png"
    assert prepare(noisy.getvalue(), "foto.png").mime == "image/jpeg"


def test_a_document_is_kept_as_it_is() -> None:
    made = prepare(document(), "Surat izin.PDF")

    assert made.data == document()
    assert (made.name, made.mime, made.thumb, made.taken) == ("Surat izin.pdf", "application/pdf", "", None)


@pytest.mark.parametrize("raw", [
    b"", b"\0" * 100, archive(), b"MZ" + b"\0" * 100, b"<html><script>", b"GIF89a" + b"\0" * 50,
    b" %PDF-1.4\n", b"RIFF\0\0\0\0WEBP", "teks biasa".encode("utf-16"),
])  # fmt: skip
def test_other_types_are_refused_whatever_their_name(raw: bytes) -> None:
    assert refused(raw) == pictures.NOT_A_TYPE
    assert sniff(raw) is None


@pytest.mark.parametrize("raw", [
    photo() + archive(), drawing() + archive(), document() + archive(), photo() + document(),
    photo() + b"<script>alert(1)</script>", drawing() + b"<?php echo 1;", photo()[:20] + b"%PDF-1.7" + photo()[20:],
    document() + photo(),
])  # fmt: skip
def test_two_files_in_one_are_refused_here_and_on_the_server(raw: bytes) -> None:
    assert refused(raw) == pictures.TWO_IN_ONE
    assert trouble(raw)


def test_what_a_phone_appends_to_a_photo_is_left_behind() -> None:
    raw = photo() + b"SEFT" + SECRET * 20

    assert SECRET not in prepare(raw, "foto.jpg").data


@pytest.mark.parametrize("body", [
    b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", b"/Names<</EmbeddedFiles 3 0 R>>", b"/A<</S/Launch/F(cmd)>>",
    b"/OpenAction<</S/J#61vaScript>>",
])  # fmt: skip
def test_a_document_that_acts_is_refused(body: bytes) -> None:
    assert refused(document(body), "a.pdf") == pictures.PDF_ACTS
    assert trouble(document(body))


def test_a_document_cut_short_is_refused() -> None:
    assert refused(document()[:-8]) == pictures.PDF_CUT


def test_bombs_are_refused_before_they_swell() -> None:
    text = (b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * (200 << 20), 9))

    assert refused(bomb(50_000, 50_000)) == pictures.TOO_MANY_PIXELS
    assert refused(bomb(100, 100, text)) == pictures.UNREADABLE
    assert len(prepare(bomb(100, 100, rows=200_000), "a.png").data) < 2000  # what is beyond the picture is not read


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_photo_cut_short_is_refused(part: float) -> None:
    raw = photo(noise=True)

    assert refused(raw[: int(len(raw) * part)]) == pictures.UNREADABLE


def test_what_is_too_large_is_refused() -> None:
    assert refused(document(size=LARGEST)) == pictures.TOO_LARGE
    assert refused(b"\xff\xd8\xff" + b"\0" * pictures.LARGEST_RAW) == pictures.TOO_LARGE


@pytest.mark.parametrize(("name", "shown"), [
    ("C:\\Users\\sri\\KTP.jpeg", "KTP.jpg"), ("../../etc/passwd", "passwd.jpg"), ("", "berkas.jpg"),
    ("a\0b\n\u202egpj.exe", "a b gpj.jpg"), ("...", "berkas.jpg"), ("x" * 300, "x" * (LONGEST_NAME - 4) + ".jpg"),
])  # fmt: skip
def test_a_name_is_only_shown(name: str, shown: str) -> None:
    assert shown_name(name, "image/jpeg") == shown
