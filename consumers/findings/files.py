"""Attachments that are not what they say, and those that can run something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consumers.findings.kinds import Finding, Kind, Severity, plainly
from consumers.findings.sorts import SORTS, sort_of
from outbox.intent import Attachment, Email

_RUNNING = """
    exe com scr pif bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta msi msp msix appx cpl
    dll jar lnk url scf reg inf iso img vhd vhdx app command sh bash py pl rb apk dmg
    pkg deb rpm docm xlsm pptm dotm xltm xlam ppam xll one chm html htm mht mhtml shtml
    xhtml svg swf library-ms search-ms settingcontent-ms application gadget diagcab ade
    accdb mdb
"""
_RUNS = frozenset(_RUNNING.split())
_LOOKING = """
    pdf doc docx xls xlsx ppt pptx txt jpg jpeg png gif csv zip mp4 mp3
"""
_LOOKS = frozenset(_LOOKING.split())
_UNKNOWN = ("application/octet-stream", "application/x-download", "binary/octet-stream")
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"), b"xl/macrosheets/")
_TURNED = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def files(mail: Email) -> Iterator[Finding]:
    """What is wrong with each attachment."""
    for number, one in enumerate(mail.attachments):
        where = f"attachments[{number}]"
        for what in _disguises(one):
            yield Finding(Kind.DISGUISED_FILE, where, what, Severity.ALARM)
        for what in _dangers(one):
            yield Finding(Kind.DANGEROUS_FILE, where, what, Severity.ALARM)


def _endings(name: str) -> list[str]:
    return [part.strip().lower() for part in _TURNED.sub("", name).rstrip(" .").split(".")[1:]]


def _disguises(one: Attachment) -> Iterator[str]:
    endings = _endings(one.filename)
    last = endings[-1] if endings else ""
    if _TURNED.search(one.filename):
        yield f"its name is turned around: {plainly(one.filename)}"
    if len(endings) > 1 and endings[-2] in _LOOKS and last in _RUNS:
        yield f"its name ends twice: {plainly(one.filename)}"
    if re.search(r"\s{4,}\S*$", one.filename):
        yield f"its name hides its end: {plainly(one.filename)}"
    is_really = sort_of(one.content)
    for name, sort in SORTS.items():
        called, typed = last in sort.endings, bool(sort.types.search(one.media_type))
        if name == is_really:
            if not called and last in _known():
                yield f"it is {name}, but is called .{plainly(last)}"
            if not typed and one.media_type not in _UNKNOWN and name != "a program":
                yield f"it is {name}, but is declared as {one.media_type}"
        elif is_really is None and name in ("PDF", "PNG", "JPEG", "GIF") and (called or typed):
            yield f"it is called {name}, but is none"


def _known() -> frozenset[str]:
    return frozenset().union(_LOOKS, *(sort.endings for sort in SORTS.values()))


def _dangers(one: Attachment) -> Iterator[str]:
    last = (_endings(one.filename) or [""])[-1]
    if last in _RUNS:
        yield f".{plainly(last)} files can run something"
    elif sort_of(one.content) in ("a program", "HTML", "SVG"):
        yield f"it is {sort_of(one.content)}"
    elif re.search("html|javascript|svg|x-msdownload|x-sh", one.media_type):
        yield f"it is declared as {one.media_type}"
    if any(mark in one.content for mark in _MACROS):
        yield "it holds macros"
