"""Photos made anew: upright, of a handy size, and with nothing but the picture in them."""

from pathlib import Path

import pytest
from PIL import Image

from activities.uploads import pictures
from activities.uploads.kinds import KINDS, Reason, RefusedFile
from tests.activities.uploads import samples

RED, BLUE = (254, 0, 0), (0, 0, 254)


def taken_in(folder: Path, content: bytes) -> tuple[str, Image.Image, Image.Image]:
    """What becomes of ``content``: its content type, the picture and its thumbnail."""
    source = folder / "source"
    source.write_bytes(content)
    places = {"content": folder / "content", "thumbnail": folder / "thumbnail"}
    kind = pictures.take_in(source, KINDS[".jpg"], **places)
    return kind, Image.open(places["content"]), Image.open(places["thumbnail"])


def refusal(folder: Path, content: bytes) -> Reason:
    with pytest.raises(RefusedFile) as refused:
        taken_in(folder, content)
    return refused.value.reason


def is_red(picture: Image.Image, x: float, y: float) -> bool:
    """Whether the picture is red (and not blue) at a place given in shares of its sides."""
    place = int(picture.width * x), int(picture.height * y)
    red, _green, blue = picture.convert("RGB").getpixel(place)[:3]
    return red > 200 > 60 > blue


def test_place_of_a_photo_is_gone(tmp_path):
    """Check 42: EXIF, XMP and comments."""
    content = samples.photo()
    assert content.count(samples.GPS) == 4
    kind, picture, _small = taken_in(tmp_path, content)
    assert kind == "image/jpeg"
    assert dict(picture.getexif()) == {}
    for file in ("content", "thumbnail"):
        written = (tmp_path / file).read_bytes()
        assert samples.GPS not in written
        assert b"Exif" not in written


@pytest.mark.parametrize("image_format", ["PNG", "WEBP"])
def test_place_of_other_pictures_is_gone(tmp_path, image_format):
    """Check 42."""
    exif = Image.Exif()
    exif[0x010E] = samples.GPS.decode()
    content = samples.picture(image_format, exif=exif)
    assert samples.GPS in content
    taken_in(tmp_path, content)
    assert samples.GPS not in (tmp_path / "content").read_bytes()


# Where red (left of the picture as the sensor saw it) is once the picture stands upright.
@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [
        (1, (0.1, 0.5)),
        (2, (0.9, 0.5)),
        (3, (0.9, 0.5)),
        (4, (0.1, 0.5)),
        (5, (0.5, 0.1)),
        (6, (0.5, 0.1)),
        (7, (0.5, 0.9)),
        (8, (0.5, 0.9)),
        (77, (0.1, 0.5)),
    ],
)
def test_photo_stands_upright(tmp_path, orientation, red_at):
    _kind, picture, small = taken_in(tmp_path, samples.photo(orientation=orientation))
    turned = orientation in (5, 6, 7, 8)
    assert picture.size == ((400, 600) if turned else (600, 400))
    for each in (picture, small):
        assert is_red(each, *red_at)
        assert not is_red(each, 1 - red_at[0], 1 - red_at[1])


def test_large_photo_is_made_smaller(tmp_path):
    _kind, picture, small = taken_in(tmp_path, samples.picture(size=(4000, 3000)))
    assert picture.size == (2400, 1800)
    assert small.size == (400, 300)


def test_small_photo_keeps_its_size(tmp_path):
    _kind, picture, small = taken_in(tmp_path, samples.picture(size=(30, 20)))
    assert picture.size == small.size == (30, 20)


# format, mode → what it is stored as
@pytest.mark.parametrize(
    ("image_format", "mode", "stored"),
    [
        ("JPEG", "RGB", ("image/jpeg", "RGB")),
        ("JPEG", "L", ("image/jpeg", "L")),
        ("JPEG", "CMYK", ("image/jpeg", "RGB")),
        ("MPO", "RGB", ("image/jpeg", "RGB")),
        ("PNG", "RGB", ("image/png", "RGB")),
        ("PNG", "RGBA", ("image/png", "RGBA")),
        ("PNG", "LA", ("image/png", "LA")),
        ("PNG", "P", ("image/png", "RGB")),
        ("PNG", "1", ("image/png", "L")),
        ("WEBP", "RGB", ("image/jpeg", "RGB")),
    ],
)
def test_every_kind_of_picture_is_taken(tmp_path, image_format, mode, stored):
    kind, picture, small = taken_in(tmp_path, samples.picture(image_format, mode=mode))
    assert (kind, picture.mode) == stored
    assert small.format == "JPEG"


def test_picture_with_clear_parts_stands_on_white_when_small(tmp_path):
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    kind, _picture, small = taken_in(tmp_path, samples.encoded(image, "WEBP", lossless=True))
    assert kind == "image/png"
    assert small.convert("RGB").getpixel((25, 25)) == (255, 255, 255)


def test_grey_of_16_bits_keeps_its_shades(tmp_path):
    image = Image.new("I;16", (20, 20), 0x8000)
    _kind, picture, _small = taken_in(tmp_path, samples.encoded(image, "PNG"))
    assert (picture.mode, picture.getpixel((5, 5))) == ("L", 0x80)


def test_what_is_appended_to_a_picture_is_gone(tmp_path):
    """Check 41: a file that is a picture and an archive, or a page, at once."""
    for more in (samples.packed({"virus.exe": b"MZ"}), b"<script>alert(1)</script>"):
        taken_in(tmp_path, samples.picture() + more)
        assert more not in (tmp_path / "content").read_bytes()


@pytest.mark.parametrize("size", [(50_000, 50_000), (6_400, 6_400), (40_000_001, 1)])
def test_bomb_is_refused_before_it_is_decoded(tmp_path, size):
    """Check 43. The file breaks off behind its header, so decoding would say "incomplete"."""
    content = samples.png_that_claims(*size)
    assert refusal(tmp_path, content) == Reason.TOO_MANY_PIXELS


def test_40_million_pixels_are_taken(tmp_path):
    """Check 43: the limit itself."""
    content = samples.encoded(Image.new("1", (8000, 5000)), "PNG")
    assert taken_in(tmp_path, content)[1].size == (2400, 1500)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_picture_that_breaks_off_is_refused(tmp_path, image_format):
    content = samples.noise(image_format, (400, 300))
    assert refusal(tmp_path, content[: len(content) // 2]) == Reason.INCOMPLETE
    assert refusal(tmp_path, content[:30]) == Reason.INCOMPLETE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"MZ\x90\x00" + bytes(500),
        samples.EICAR,
        samples.picture("GIF"),
        samples.picture("TIFF"),
        samples.picture("BMP"),
        samples.pdf(),
        samples.packed({"a.jpg": samples.picture()}),
    ],
    ids=["empty", "svg", "html", "exe", "eicar", "gif", "tiff", "bmp", "pdf", "zip"],
)
def test_what_is_no_photo_is_refused(tmp_path, content):
    """Check 41."""
    assert refusal(tmp_path, content) == Reason.NOT_WHAT_IT_SAYS


def test_heic_is_told_apart(tmp_path):
    content = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
    assert refusal(tmp_path, content) == Reason.HEIC


def test_same_photo_gives_the_same_bytes(tmp_path):
    """A photo that is sent twice is known by its checksum."""
    taken_in(tmp_path, samples.photo())
    stored = (tmp_path / "content").read_bytes()
    taken_in(tmp_path, samples.photo())
    assert (tmp_path / "content").read_bytes() == stored


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_camera_that_writes_nonsense_into_exif_hinders_nothing(tmp_path):
    content = samples.picture(exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert b"Exif" in content
    assert taken_in(tmp_path, content)[1].size == (600, 400)
