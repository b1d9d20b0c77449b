"""Files as people send them, and as somebody sends them who means harm; each made here."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

GPS = b"GPSLatitude 31.2304N"
"""Stands in the EXIF of :func:`photo`, the comment and the XMP beside it."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The text by which scanners prove that they scan; it does nothing."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{main}" ContentType="{kind}"/></Types>'
)
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def picture(image_format: str = "JPEG", size=(600, 400), mode: str = "RGB", **options) -> bytes:
    """A picture, red at the left and blue at the right, so that a turn can be seen."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return encoded(image.convert(mode), image_format, **options)


def encoded(image: Image.Image, image_format: str, **options) -> bytes:
    """The image as a file."""
    file = io.BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def photo(*, orientation: int = 1, **options) -> bytes:
    """A JPEG as a phone takes it: held in some way, with the place in EXIF, XMP and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS.decode()
    exif.get_ifd(0x8825)[0x001D] = GPS.decode()
    return picture(exif=exif, comment=GPS, xmp=b"<x>" + GPS + b"</x>", **options)


def noise(image_format: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    """A picture that cannot be made small."""
    image = Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size)
    return encoded(image.convert(mode), image_format)


def png_that_claims(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG with clear parts whose header names any size, whatever ``pixels`` there are."""
    header = struct.pack("!IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", pixels or zlib.compress(b"0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def blank_png(width: int, height: int) -> bytes:
    """A PNG of so many pixels, each of 4 bytes, made without holding them."""
    packer, line = zlib.compressobj(), bytes(1 + 4 * width)
    pixels = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    return png_that_claims(width, height, pixels)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def pdf(change=None, **options) -> bytes:
    """A PDF of one empty page; ``change`` may do something to it first."""
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file, **options)
    return file.getvalue()


def with_script(document: pikepdf.Pdf):
    """Runs JavaScript when the document is opened."""
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_script_on_a_page(document: pikepdf.Pdf):
    """Runs JavaScript when the page is shown; the action is an object of its own."""
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="x"))
    document.pages[0].AA = pikepdf.Dictionary(O=action)


def with_program(document: pikepdf.Pdf):
    """Starts a program when a place on the page is clicked."""
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([link])


def with_attachment(document: pikepdf.Pdf):
    """Holds another file."""
    document.attachments["virus.exe"] = b"MZ"


def office(kind: str, parts: dict[str, bytes] | None = None, *, types: str = "main+xml") -> bytes:
    """An Office file with the parts by which it is known, and with ``parts``."""
    main = _MAIN[kind]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES.format(main=main, kind=types))
        package.writestr(main, "<document/>")
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return file.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """A Word file that unpacks to so much."""
    return office("docx", {"word/media/image1.bmp": bytes(megabytes * 1024 * 1024)})
