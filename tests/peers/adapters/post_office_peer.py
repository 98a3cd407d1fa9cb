"""django-post_office: mails queued by `mail.send`, sent by `send_queued_mail`."""

from __future__ import annotations

import os
import tempfile

import django
from django.core.management import call_command

from tests.peers.adapters import handing


def hand_in() -> None:
    from post_office import mail

    call_command("migrate", verbosity=0)
    for key in handing.mails():
        mail.send(
            handing.address(key), handing.SENDER, subject=handing.SUBJECT, message=handing.TEXT
        )


def work() -> None:
    """What its documentation puts into a crontab, with a lock file of this round's own."""
    lock = os.path.join(tempfile.gettempdir(), "post_office")
    call_command("send_queued_mail", processes=1, lockfile=lock)


def books() -> None:
    from post_office.models import STATUS, Email

    names = {value: name for name, value in STATUS._asdict().items()}
    states = {
        mail.to[0].partition("@")[0]: names.get(mail.status, "queued")
        for mail in Email.objects.all()
    }
    handing.show(states, done=["sent", "failed"], unknown=[])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.peers.adapters.post_office_settings"
    django.setup()
    handing.main(hand_in=hand_in, work=work, books=books)
