"""What the agents of the demo propose: twelve mails that are fine, and two that are not."""

from __future__ import annotations

from outbox import Email, Proposal
from outbox.intent import Artifact

SENDER = "office@holdshort.example"
_CLEAN = (
    ("ada@lovelace.example", "Your invoice for October", "the invoice for October is ready"),
    ("alan@turing.example", "Tuesday's delivery", "your delivery arrives on Tuesday morning"),
    ("grace@hopper.example", "Report, second quarter", "the report you asked for is finished"),
    ("edsger@dijkstra.example", "A shorter route", "we found a shorter route for your parcel"),
    ("barbara@liskov.example", "Your order is on its way", "order 4711 left the warehouse"),
    ("donald@knuth.example", "A cheque for you", "we owe you a small amount, and pay it today"),
    ("radia@perlman.example", "Maintenance on Sunday", "the network is down on Sunday at six"),
    ("leslie@lamport.example", "Clocks go back", "please mind the new opening hours"),
    ("frances@allen.example", "Thank you", "thank you for the quick answer last week"),
    ("john@backus.example", "The contract", "the contract is signed on our side as well"),
    ("margaret@hamilton.example", "Checklist", "the checklist for the launch is complete"),
    ("tony@hoare.example", "Refund of an order", "the money for your return is on its way"),
)


def proposals() -> list[Proposal]:
    """Every proposal of the demo, in the order in which the agents make them."""
    clean = [
        _proposal(number, to, subject, f"Dear {to.split('@')[0].title()},\n\n{says}.\n")
        for number, (to, subject, says) in enumerate(_CLEAN, 1)
    ]
    return [
        *clean,
        _proposal(
            13, "kay@mcnulty.example", "Your offer", "Dear {{first_name}},\n\nTODO: add price\n"
        ),
        _proposal(
            14, "jean@bartik.example", "Access", "Hello Jean,\n\npassword: correct-horse-9\n"
        ),
    ]


def _proposal(number: int, to: str, subject: str, text: str) -> Proposal:
    mail = Email(sender=SENDER, sender_name="The Office", to=(to,), subject=subject, text=text)
    return Proposal(artifact=mail, key=f"demo-{number}", producer="demo-agent")


def mended(mail: Artifact) -> Email:
    """The mail with placeholders, as a person would write it."""
    assert isinstance(mail, Email)
    return mail.model_copy(update={"text": "Dear Kay,\n\nour price is 120 euros.\n"})
