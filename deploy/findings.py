"""Write the page of all findings: `python -m deploy.findings docs/FINDINGS.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from consumers.findings import Finding, Kind, Severity, findings
from consumers.findings.page import LONGEST
from consumers.findings.telling import LONGEST_PREHEADER
from outbox.intent import Attachment, Email

_HEAD = f"""\
# Findings

<!-- written by `make readme`; do not edit -->

What a mail hides from the person who decides about it, computed each time the mail is shown.
A finding is told, and that is all: it changes nothing of what leaves, decides nothing and is
not stored. No finding is no proof: the eyes of a person are still needed.

- A *warning* is something that honest senders hardly do; an *alarm* is there to deceive.
- The line that a list of mails shows after the subject (the preheader) is hidden in HTML by
  honest senders, too. It is no finding if it comes first, has at most {LONGEST_PREHEADER}
  characters, no address, no link, and no number that the mail does not show: `preheader(mail)`
  gives it, to be shown beside the subject. Otherwise it is hidden text.
- Hidden text whose words are all seen elsewhere in the mail is no finding: it hides nothing.
- The first {LONGEST // 1024} Ki characters of HTML are looked at, and bounded numbers of
  elements and of rules of style. What lies beyond is a finding itself.
- HTML is parsed by a parser in Python: what an agent wrote should meet no C code in a process
  that can approve.

| kind | what it means | an example, in a mail that else says only `Hello` | what is told |
|---|---|---|---|
"""
_FILE_KINDS = {
    Kind.DISGUISED_FILE: "application/pdf",
    Kind.DANGEROUS_FILE: "application/x-dosexec",
}


def page() -> str:
    """The whole page."""
    return _HEAD + "\n".join(map(_row, Kind))


def _row(kind: Kind) -> str:
    found = next(one for one in findings(_mail(kind)) if one.kind is kind)
    example = kind.example.replace("|", "&#124;")
    return f"| `{kind}` | {kind.meaning} | `{example}` | {_told(found)} |"


def _told(found: Finding) -> str:
    severity = "alarm" if found.severity is Severity.ALARM else "warning"
    return f"{severity}: {found.what.replace('<', '&lt;')}"


def _mail(kind: Kind) -> Email:
    attached = [
        Attachment.model_construct(filename=kind.example, media_type=of, content=b"MZ")
        for file_kind, of in _FILE_KINDS.items()
        if file_kind is kind
    ]
    html = "" if attached else kind.example.replace("&hellip;", "<b>" * 100_000)
    return Email(
        sender="billing@acme.example",
        sender_name="Acme",
        to=("ana@customer.example",),
        subject="Hello",
        text="Hello",
        html=html,
        attachments=tuple(attached),
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page() + "\n", encoding="utf-8")
