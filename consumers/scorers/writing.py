"""Rules about how a text is written: what nobody would leave in it who had read it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind
from consumers.scorers.reading import Reading

_FIELD = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|[$#]\{[^{}\n]{1,60}\}|<%[^%\n]{1,60}%>|\{[a-z][a-z0-9_.]{0,40}\}"
    r"|\*\|[A-Z0-9_:]{1,40}\|\*|\{![A-Za-z$][\w.]{0,40}\}|%%[\w .]{1,40}%%|%[A-Z_]{4,30}%"
    r"|<<[A-Za-z][\w .]{0,40}>>|\[\[[A-Za-z][\w .]{0,40}\]\]"
)
_BLANK = re.compile(
    r"\[(?:(?:insert|enter)\b[^\[\]\n]{1,40}|recipient"
    r"|(?:your )?(?:company|date|amount|address|phone|title)"
    r"|(?:(?:your|first|last|full|company|customer|client|recipient)[ _])?name)\]",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\b(?:TODO|FIXME)\b|(?<![\w-])XXX(?![\w-])|(?i:\blorem ipsum\b)")
_GREETS = r"\b(?i:dear|hi|hello|hey|good (?:morning|day|evening))"
_NOTHING = re.compile(_GREETS + r"[ \t]{1,3}(?:None|undefined|null|NULL|nil|NaN)\b")
_EMPTY_GREETING = re.compile(_GREETS + r"[ \t]{1,3},|^(?i:dear),", re.MULTILINE)
_ASSISTANT = re.compile(
    r"\bas an? (?:AI|artificial intelligence|(?:large )?language model)\b"
    r"|\bI(?:'m|\u2019m| am) (?:just |only )?an AI\b|\bmy (?:knowledge|training) cut-?off\b"
    r"|\b(?:sure|certainly|of course)[!,.] here(?:'s|\u2019s| is)\b"
    r"|\bhere(?:'s|\u2019s| is) (?:a|the|your) (?:\w{1,20} )?(?:draft|rewrite|revision)\b"
    r"|\bif you(?:'d|\u2019d| would) like me to (?:adjust|change|revise|rewrite|shorten)\b"
    r"|<\|im_(?:start|end)\|>|</?think>|\[/?INST\]",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\[object Object\]|Traceback \(most recent call last\)|\bundefined undefined\b"
    r"|datetime\.datetime\(|\w[.,!?:]?\\n(?:\\n)?[A-Z\\]|&(?:nbsp|amp|quot|lt|gt|#39);"
    r"|<(?:function|object) [\w.]{1,60} at 0x|[$\u20ac\u00a3] ?(?:NaN|null|undefined|None)\b"
)
_GARBLED = re.compile(
    "\ufffd|\u00c3[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u0192\u02c6\u02dc\u201a-\u2022]"
    "|\u00e2\u20ac[\u0080-\u00bf\u0153\u2122\u201c\u201d\u02dc\u2026]|\u00c2[\u00a0-\u00bf]"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAY = (
    r"(?:\b(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\.?,? {1,2}"
)
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_NTH = r"(?P<date>\d{1,2})(?:st|nd|rd|th|\.)?"
_DATES = (
    re.compile(rf"{_DAY})?\b{_NTH}(?: of)? {_MONTH},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"{_DAY})?\b{_MONTH} {_NTH}, ?{_YEAR}", re.IGNORECASE),
)
_LONG = 12
"""Words of a paragraph that nobody repeats by intention."""


def unfilled(reading: Reading, _: History) -> Iterator[Found]:
    """A template's field that nobody filled in."""
    if _FIELD.search(reading.seen):
        yield Found(Kind.PLACEHOLDER, "a field of a template was left in the text")
    if _BLANK.search(reading.seen):
        yield Found(Kind.PLACEHOLDER, "a blank in brackets was left to be filled in")


def unfinished(reading: Reading, _: History) -> Iterator[Found]:
    """A note of the author to itself."""
    if found := _NOTE.search(reading.seen):
        yield Found(Kind.AUTHORS_NOTE, f"the author's note {found[0]} was left in the text")


def greeting(reading: Reading, _: History) -> Iterator[Found]:
    """A program's word for nothing, where a name belongs, or no name."""
    if found := _NOTHING.search(reading.seen):
        yield Found(Kind.GREETS_NOTHING, f"it greets {found[0].split()[-1]}")
    if _EMPTY_GREETING.search(reading.seen):
        yield Found(Kind.GREETS_NOBODY, "it greets without a name")


def bare(reading: Reading, _: History) -> Iterator[Found]:
    """Something that a complete mail has; a request need not have it."""
    mail = reading.mail
    if mail is None:
        return
    if not mail.text.strip():
        yield Found(Kind.INCOMPLETE, "it has no plain text beside its HTML")
    if not mail.sender_name.strip():
        yield Found(Kind.INCOMPLETE, "its sender has no name")
    if len(mail.subject.strip()) < 4:
        yield Found(Kind.INCOMPLETE, "its subject is empty or very short")
    if len(reading.seen.split()) < 5:
        yield Found(Kind.INCOMPLETE, "it says almost nothing")


def machine(reading: Reading, _: History) -> Iterator[Found]:
    """What a model or a program said, and no person would."""
    if _ASSISTANT.search(reading.seen):
        yield Found(Kind.ASSISTANT_TALK, "it says what a model says to whoever asked it")
    if reading.mail and _PROGRAM.search(f"{reading.mail.subject}\n{reading.mail.text}"):
        yield Found(Kind.PROGRAM_TEXT, "it holds what a program writes, not a person")
    if _GARBLED.search(reading.seen):
        yield Found(Kind.GARBLED_TEXT, "letters in it were read in the wrong encoding")


def twice(reading: Reading, _: History) -> Iterator[Found]:
    """A paragraph that is there twice."""
    if reading.mail is None:
        return
    said: set[str] = set()
    for paragraph in re.split(r"\n[ \t\r]*\n", reading.own):
        words = paragraph.lower().split()
        if len(words) >= _LONG and " ".join(words) in said:
            yield Found(Kind.SAID_TWICE, f"a paragraph of {len(words)} words is there twice")
            return
        said.add(" ".join(words))


def dated(reading: Reading, _: History) -> Iterator[Found]:
    """A date that is not, or that is on another day of the week."""
    for shape in _DATES:
        for found in shape.finditer(reading.seen):
            if why := _impossible(found):
                yield Found(Kind.IMPOSSIBLE_DATE, why)
                return


def _impossible(found: re.Match[str]) -> str:
    month = _MONTHS.index(found["month"].lower()) + 1
    try:
        date = dt.date(int(found["year"]), month, int(found["date"]))
    except ValueError:
        return "it names a date that there is not"
    if found["day"] and _DAYS.index(found["day"].lower()) != date.weekday():
        return "it names a date on the wrong day of the week"
    return ""
