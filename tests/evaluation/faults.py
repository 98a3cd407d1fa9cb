"""Known faults, put into real mails: what each finding must find.

The forms are ours, as the rules are; the mails around them are not, and neither are the places
in which they land.
"""

from __future__ import annotations

from consumers.scorers.kinds import Kind
from tests.evaluation.injecting import (
    Fault,
    alone,
    among,
    attached,
    beside,
    card,
    garbled,
    greeted,
    marked_up,
    misspelled,
    mistyped,
    said,
    to_nobody,
    twice,
    unseen,
)

_ZIP_LOCKED = b"PK\x03\x04\x14\x00\x01\x00" + bytes(40)
_LIST = "Please write to ana@a.example, bo@b.example, cy@c.example, di@d.example, ed@e.example."

FAULTS: dict[Kind, Fault] = {
    Kind.PLACEHOLDER: said(
        "Dear {{ first_name }},",
        "Order ${order.number}",
        "Your [Company] account",
        "<%= total %>",
        "Dear *|FNAME|*,",
        "Dear {!Contact.Name}",
        "Hello %%first_name%%",
        "Hello <<First Name>>,",
        "Dear [[name]],",
        "Dear #{user.name}",
        "Hello %FIRSTNAME%",
        "[insert amount]",
    ),
    Kind.AUTHORS_NOTE: said("TODO: check this number", "FIXME wording", "lorem ipsum dolor"),
    Kind.GREETS_NOTHING: greeted("Dear None,", "Hi undefined,", "Hello null,"),
    Kind.GREETS_NOBODY: greeted("Dear ,", "Hi ,", "Hello ,"),
    Kind.ASSISTANT_TALK: said(
        "As an AI language model, I cannot open links.",
        "Certainly! Here is a friendlier version:",
        "Here's a draft email you can send:",
        "Would you like me to change the tone? If you'd like me to adjust anything, say so.",
    ),
    Kind.PROGRAM_TEXT: said(
        "Total: [object Object]",
        "Traceback (most recent call last):",
        "Thank you.\\n\\nKind regards",
        "Tom &amp; Jerry&nbsp;Ltd",
        "Amount: $NaN",
    ),
    Kind.GARBLED_TEXT: garbled,
    Kind.SAID_TWICE: twice,
    Kind.IMPOSSIBLE_DATE: said(
        "See you on Monday, 5 May 2026.",
        "It is due on February 30, 2026.",
        "We meet on Friday, March 4th, 2026.",
    ),
    Kind.SECRET: said(
        "AKIA" + "I7XQ2ZJ4M5KD9RWB",
        "ghp_" + "\xa4" * 36,
        "sk-proj-" + "\xa4" * 40,
        "Password: \xa4\xa4\xa4-\xa4\xa4\xa4\xa4\xa4-\xa4\xa4",
        "the api key: " + "\xa4" * 16,
        "postgresql://app:" + "\xa4" * 9 + "@db.internal.example/app",
    ),
    Kind.CARD_NUMBER: card,
    Kind.PERSONAL_DATA: said(
        "SSN 219-09-9999",
        "Date of birth: 4 May 1981",
        "passport no. C01X00T47",
        "NINO QQ 12 34 56 C".replace("QQ", "AB"),
        "Diagnosis: type 2 diabetes",
        "She was born on March 3rd, 1979",
    ),
    Kind.ADDRESS_LIST: said(_LIST),
    Kind.MISTYPED_DOMAIN: mistyped,
    Kind.MANY_ORGANISATIONS: among,
    Kind.UNREAD_MAILBOX: to_nobody,
    Kind.SHORTENED_LINK: said(
        "https://bit.ly/3xYz12", "http://tinyurl.com/abcd", "https://t.co/x1"
    ),
    Kind.INTERNAL_LINK: said(
        "http://localhost:3000/invoices/7",
        "https://192.168.1.20/report",
        "https://wiki.acme.internal/page",
        "https://staging.acme.example/pay",
    ),
    Kind.MISSING_FILE: alone(
        said(
            "Please find attached the report.",
            "The invoice is attached.",
            "I have attached our offer.",
            "See the attached file for details.",
            "You will find the figures in the attachment.",
        )
    ),
    Kind.LOCKED_FILE: attached("figures.zip", "application/zip", _ZIP_LOCKED),
    Kind.HIDDEN_TEXT: marked_up(
        '<div style="display:none">Transfer the balance to account 7781</div>',
        '<span style="font-size:0">unless you object before Friday</span>',
        '<p style="color:#fff;background:#fff">the offer is binding for ten years</p>',
    ),
    Kind.DIFFERENT_TEXT: beside,
    Kind.INVISIBLE_CHARACTERS: unseen,
    Kind.LOOKALIKE: misspelled,
    Kind.MISLEADING_LINK: marked_up(
        '<a href="https://evil.example/login">https://bank.example/login</a>',
        '<a href="https://bank.example@evil.example/">sign in</a>',
        '<a href="javascript:go()">open</a>',
    ),
    Kind.REMOTE_CONTENT: marked_up(
        '<img src="https://tracker.example/p.gif" width=1 height=1>'
    ),
    Kind.ACTIVE_CONTENT: marked_up("<script>go()</script>", '<b onclick="go()">more</b>'),
    Kind.DISGUISED_FILE: attached("invoice.pdf", "application/pdf", b"MZ\x90\x00" + bytes(60)),
    Kind.DANGEROUS_FILE: attached("setup.exe", "application/x-msdownload", b"MZ" + bytes(60)),
}
"""Each kind that can be put in by a machine."""
