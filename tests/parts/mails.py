"""Ordinary mails, as agents write them all day; none deserves a closer look."""

from __future__ import annotations

from outbox import Email


def mail(subject: str, text: str, *, to: str = "ada@example.org", html: str = "") -> Email:
    return Email(
        sender="billing@example.com",
        sender_name="Billing",
        to=(to,),
        subject=subject,
        text=text,
        html=html,
    )


ORDINARY = (
    mail(
        "Your invoice 2024-0117",
        "Dear Ada,\n\nyour invoice 2024-0117 over EUR 1,250.00 is due on 3 May.\n\nBilling",
    ),
    mail("Meeting on Tuesday", "Hi Ada,\n\ndoes 10:30 on Tuesday suit you?\n\nBest, Grace"),
    mail(
        "Reset your password",
        "Hello Ada,\n\nopen this link within an hour to choose a new password:\n"
        "https://example.com/reset?token=Zk3tX9qLw0Rb7VnYc5Hs2MfPj8DgAe4U\n\n"
        "If you did not ask for it, ignore this mail.",
    ),
    mail(
        "Your order 4711-220-93 has shipped",
        "Hello Ada,\n\nyour parcel 1Z999AA10123456784 arrives on Friday.",
    ),
    mail(
        "Bank details",
        "Dear Ada,\n\nplease transfer the amount to DE89 3704 0044 0532 0130 00, "
        "BIC COBADEFFXXX, with reference RF18 5390 0754 7034.",
    ),
    mail(
        "Minutes of the board", "Dear all,\n\nthe minutes are below. To do: Ada asks the bank."
    ),
    mail(
        "Build 8812 passed",
        "Hi Ada,\n\ncommit 3f786850e387550fdab836ed7e6dc881de23001b is green on main.",
    ),
    mail(
        "Deployment finished",
        "Hello,\n\nrelease 2.4.1 (id 123e4567-e89b-12d3-a456-426614174000) is live.",
    ),
    mail(
        "Sizes for the team shirts", "Hi Ada,\n\nwe still have XL and XXL. Which do you take?"
    ),
    mail("Your card was charged", "Dear Ada,\n\nwe charged EUR 19.90 to your card XXXX-4242."),
    mail(
        "Welcome aboard",
        "Hi Ada,\n\nyour account is ready. Your password: please choose one at first sign-in.",
    ),
    mail(
        "[EXTERNAL] Contract draft", "Dear Ada,\n\nfind the draft in the portal [1].\n\nGrace"
    ),
    mail(
        "Newsletter for May",
        "Dear Ada,\n\nthis month: three new guides and a talk in Berlin.",
        html="<html><style>p {color: red}</style><body><p>Dear Ada,</p>"
        "<p>this month: three new guides and a talk in Berlin.</p></body></html>",
    ),
    mail("Phone numbers", "Hi Ada,\n\nGrace is at +49 30 1234567, the desk at 030 7654321 00."),
    mail("Reminder: dentist", "Dear Ada,\n\nyour appointment is on 2024-05-03 at 14:15 sharp."),
    mail("Rechnung Mai", "Guten Tag Frau Lovelace,\n\nhier ist die Rechnung über 84,00 EUR."),
    mail("Re: Angebot", "Hallo Ada,\n\ndanke, wir nehmen das Angebot an.\n\nGruß, Grace"),
    mail("Survey", "Hi Nan,\n\nwould you answer three questions about your stay with us?"),
    mail("Photos", "Hey Ada,\n\nthe photos of the summer party are on the shared drive now."),
    mail(
        "Quarterly figures",
        "Dear Ada,\n\nplease see InvoiceSummaryReport2024Q3Final in the usual folder.",
    ),
)
