"""The sorts of files that mails carry, and how each begins."""

from __future__ import annotations

import re
from typing import NamedTuple


class _Sort(NamedTuple):
    """One sort of file: how it begins, and what it may be called."""

    begins: re.Pattern[bytes]
    endings: frozenset[str]
    types: re.Pattern[str]


def _sort(begins: bytes, endings: str, types: str) -> _Sort:
    return _Sort(re.compile(begins, re.DOTALL), frozenset(endings.split()), re.compile(types))


_ZIPPED = (
    "zip docx xlsx pptx docm xlsm pptm dotx xltx odt ods odp epub jar apk pages numbers key"
)
SORTS = {
    "PDF": _sort(rb"%PDF-", "pdf ai", "pdf"),
    "PNG": _sort(rb"\x89PNG\r\n", "png apng", "image/a?png"),
    "JPEG": _sort(rb"\xff\xd8\xff", "jpg jpeg jpe jfif", "image/p?jpe?g"),
    "GIF": _sort(rb"GIF8[79]a", "gif", "image/gif"),
    "WebP": _sort(rb"RIFF....WEBP", "webp", "image/webp"),
    "TIFF": _sort(rb"II\*\x00|MM\x00\*", "tif tiff dng", "image/"),
    "ZIP": _sort(
        rb"PK[\x03\x05]", _ZIPPED, "zip|officedocument|opendocument|macroenabled|epub"
    ),
    "OLE": _sort(rb"\xd0\xcf\x11\xe0\xa1\xb1", "doc xls ppt msg msi", "msword|ms-|outlook"),
    "RTF": _sort(rb"\{\\rtf", "rtf doc", "rtf|msword"),
    "7z": _sort(rb"7z\xbc\xaf", "7z", "7z"),
    "RAR": _sort(rb"Rar!\x1a", "rar", "rar"),
    "gzip": _sort(rb"\x1f\x8b", "gz tgz svgz", "gzip"),
    "a program": _sort(
        rb"MZ|\x7fELF|[\xca\xfe]{2}\xba\xbe|[\xce\xcf]\xfa\xed\xfe|#!",
        "exe dll com scr sh",
        "x-",
    ),
    "HTML": _sort(
        rb"\s*(?i:<!doctype html|<html|<script|<body|<iframe)", "html htm mht eml", "html"
    ),
    "SVG": _sort(rb"\s*(?i:<svg|<\?xml[^>]{0,200}>\s*<svg)", "svg", "svg"),
}


def sort_of(content: bytes) -> str | None:
    """What it is by its first bytes; None if that is not known."""
    return next((n for n, sort in SORTS.items() if sort.begins.match(content[:512])), None)
