"""Everything that can go wrong, in one tree.

HoldshortError
├── CommitUnknown         the connection broke: nobody here knows what committed
├── Unrecorded            an outcome is known and could not be written down
├── Refused by the law
│   ├── IllegalMove       the lifecycle has no such row
│   ├── LeaseLost         someone else decided this intent's fate meanwhile
│   ├── Conflict          the key, the version or the decision is already taken
│   │   └── Unread        a yes came before it could be read
│   └── GateClosed        this may not leave, or not now
└── Refused at the door
    ├── BadArtifact       not a mail that could ever be sent
    ├── BadManifest       not a manifest, or not in its one spelling
    ├── BadSearch         not a search that anybody could answer
    ├── BadSettings       a setting is unknown, missing or malformed
    ├── NotAllowed        this login may not do that
    ├── NotFound          no such intent
    └── DependencyDown    the database, the broker or the schema is not there

Each carries what to do next in `hint`; the command line prints it and ends with
`exit_code`.
"""

from __future__ import annotations


class HoldshortError(Exception):
    """Base of every error this product raises on purpose."""

    hint = ""
    """What to do next."""
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        if hint:
            self.hint = hint


class CommitUnknown(HoldshortError):
    """The connection broke before the answer; `transaction` is what may have committed.

    A permit's is empty if nothing was asked yet, so nothing has committed.  A person's
    decision has none: looking tells.
    """

    hint = "nothing is lost: what was in flight is swept"
    exit_code = 8

    def __init__(self, message: str, *, transaction: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.transaction = transaction


class Unrecorded(HoldshortError):
    """What became of a send could not be written down; who cannot record must not send."""

    hint = "its intent strands once its lease ends; what is known of it is in the log"
    exit_code = 8


class IllegalMove(HoldshortError):
    """The lifecycle has no such move."""

    hint = "look at where it stands: holdshort show ID"
    exit_code = 6


class LeaseLost(HoldshortError):
    """The lease was taken away before the work was settled."""

    hint = "look the intent up: the sweeper or a person has decided meanwhile"
    exit_code = 6


class Conflict(HoldshortError):
    """The key, the version or the decision is already taken."""

    hint = "look at where it stands: holdshort show ID"
    exit_code = 6


class Unread(Conflict):
    """A yes came before it could be read; the message says how much longer."""

    hint = "nothing is decided: have it open for that long, and say yes then"


class GateClosed(HoldshortError):
    """This may not leave, or not now; `reason` is one word for metrics and receipts."""

    hint = "see the switch and the approval: holdshort outbound status; holdshort show ID"
    exit_code = 3

    def __init__(self, reason: str, message: str = "", *, hint: str = "") -> None:
        super().__init__(message or reason.replace("_", " "), hint=hint)
        self.reason = reason


class BadArtifact(HoldshortError):
    """The artifact is not something that could ever be sent."""

    hint = "mend the named field and submit again"
    exit_code = 2


class BadManifest(HoldshortError):
    """These bytes are no manifest, or are not in its one spelling."""

    hint = "whoever wrote it was not us: read what it says now: holdshort show ID"
    exit_code = 2


class BadSearch(HoldshortError):
    """Not a search that anybody could answer, or no place in a list."""

    hint = 'a filter is name:value, as in to:bob@example.org; quote words with a colon: "Re: x"'
    exit_code = 2


class BadSettings(HoldshortError):
    """A setting is unknown, missing or malformed."""

    hint = "see every setting and its meaning: holdshort settings"
    exit_code = 2


class NotAllowed(HoldshortError):
    """This login may not do that."""

    hint = "connect with a login that may; who may what: holdshort roles"
    exit_code = 4


class NotFound(HoldshortError):
    """There is no such intent."""

    hint = "see what there is: holdshort list"
    exit_code = 5


class DependencyDown(HoldshortError):
    """The database, the broker or the schema is not there."""

    hint = "start it, or run everything embedded: holdshort up"
    exit_code = 7
