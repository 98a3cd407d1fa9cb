"""What the log of a Postfix proves, and what it does not."""

from __future__ import annotations

from tests.parts.postfix_log import Mail, open_conversations, taken_over

AT = "Nov 24 15:03:25 localhost postfix/"
COME = f"{AT}smtpd[12]: connect from unknown[127.0.0.1]\n"
GONE = f"{AT}smtpd[12]: disconnect from unknown[127.0.0.1] ehlo=2 data=1 commands=9\n"


def named(queue_id: str, message_id: str = "<7.1.0123456789abcdef@example.com>") -> str:
    return f"{AT}cleanup[13]: {queue_id}: message-id={message_id}\n"


def left(queue_id: str, recipient: str = "ada@example.org", status: str = "sent") -> str:
    outcome = f"relay=none, delay=0, dsn=2.0.0, status={status} (example.org)"
    return f"{AT}discard[14]: {queue_id}: to=<{recipient}>, {outcome}\n"


def test_a_mail_that_only_got_a_name_was_not_taken_over() -> None:
    log = COME + named("4jYmK93fxpz1SJ2b") + GONE

    assert taken_over(log) == []


def test_a_mail_that_was_put_off_was_not_sent() -> None:
    log = named("4jYmK93fxpz1SJ2b") + left("4jYmK93fxpz1SJ2b", status="deferred")

    assert taken_over(log) == []


def test_a_mail_with_two_recipients_is_one_mail() -> None:
    log = named("4jYmK93fxpz1SJ2b", "<a@b>") + "".join(
        left("4jYmK93fxpz1SJ2b", one) for one in ("ada@example.org", "grace@example.net")
    )

    assert taken_over(log) == [Mail("4jYmK93fxpz1SJ2b", "<a@b>")]


def test_the_same_mail_twice_is_two_mails() -> None:
    log = "".join(named(id) + left(id) for id in ("4jYmK93fxpz1SJ2b", "4jYmK93jXvz1SJ2c"))

    first, second = taken_over(log)

    assert first.message_id == second.message_id


def test_a_client_that_has_not_gone_may_still_hand_in() -> None:
    assert open_conversations(COME + GONE + COME) == 1
    assert open_conversations(COME + GONE) == 0
