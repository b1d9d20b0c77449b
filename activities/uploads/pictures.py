"""Photos made anew: upright, not too large, and without what the camera wrote beside the picture.

What is stored is drawn from the pixels alone. EXIF (with the place it was taken at), comments and
whatever else was appended to the file stay behind.
"""

from pathlib import Path

from PIL import ExifTags, Image, ImageFile

from activities.uploads.kinds import FileKind, Reason, RefusedFile

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400
THUMBNAIL = 400
_FORMATS = ["JPEG", "PNG", "WEBP"]
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_PAPER = (255, 255, 255)
_WITH_CLEAR_PARTS = ("LA", "RGBA")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF's numbers for how the camera was held."""


def take_in(source: Path, kind: FileKind, *, content: Path, thumbnail: Path) -> str:
    """Draw the picture anew to ``content`` and small to ``thumbnail``; its content type.

    Whether JPEG, PNG or WebP is decided by the content; phones confuse their extensions.
    RefusedFile for anything else, for a bomb before it is decoded, and for one that breaks off.
    """
    picture = _opened(source)
    drawn = _drawn(picture)
    as_png = picture.format == "PNG" or drawn.mode in _WITH_CLEAR_PARTS
    if as_png:
        drawn.save(content, "PNG")
    else:
        drawn.save(content, "JPEG", quality=88, optimize=True)
    _small(drawn).save(thumbnail, "JPEG", quality=80, optimize=True)
    return "image/png" if as_png else "image/jpeg"


def _opened(source: Path) -> Image.Image:
    """The picture with its header read and not one pixel decoded."""
    try:
        picture = Image.open(source, formats=_FORMATS)
    except Image.DecompressionBombError as bomb:
        raise RefusedFile(Reason.TOO_MANY_PIXELS) from bomb
    except Exception as failure:
        raise RefusedFile(_reason_to_refuse(source)) from failure
    if picture.width * picture.height > MOST_PIXELS:
        raise RefusedFile(Reason.TOO_MANY_PIXELS)
    return picture


def _reason_to_refuse(source: Path) -> Reason:
    with source.open("rb") as file:
        beginning = file.read(32)
    if any(mark in beginning for mark in _HEIC):
        return Reason.HEIC
    is_picture = beginning.startswith(_BEGINNINGS) or beginning[8:12] == b"WEBP"
    return Reason.INCOMPLETE if is_picture else Reason.NOT_WHAT_IT_SAYS


def _drawn(picture: Image.Image) -> Image.Image:
    """The first picture of the file: upright, within :data:`LONGEST_SIDE`, in grey or colour."""
    size = (LONGEST_SIDE, LONGEST_SIDE)
    try:
        # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
        picture.draft(None, size)
        # WeasyPrint switches this on for the whole process when it is imported.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        picture.load()
    except Exception as failure:
        raise RefusedFile(Reason.INCOMPLETE) from failure
    turn = _turn_of(picture)
    drawn = _in_plain_mode(picture)
    drawn.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    drawn = drawn.copy() if turn is None else drawn.transpose(turn)
    drawn.info.clear()
    return drawn


def _turn_of(picture: Image.Image) -> Image.Transpose | None:
    """How the camera was held; None where that is upright or cannot be read."""
    try:
        return _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except Exception:
        return None


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16 bits a pixel: Pillow would cut off what is above 255 instead of scaling it down.
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode in _WITH_CLEAR_PARTS else picture.convert("RGBA")
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _small(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if small.mode not in _WITH_CLEAR_PARTS:
        return small
    sheet = Image.new("RGB", small.size, _PAPER)
    sheet.paste(small.convert("RGBA"), mask=small.getchannel("A"))
    return sheet
