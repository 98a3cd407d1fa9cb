"""What our models hold is written as RFC 8785 says, byte for byte as by another hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from outbox.canonical import written
from outbox.intent import Email, Webhook
from outbox.manifest import MailManifest, RequestManifest
from tests.channels.rig import MAIL, approved

LARGEST = 2**53 - 1
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WHOLE = st.integers(-LARGEST, LARGEST)


class Anything(BaseModel):
    """Every kind of value that our models hold, under names in ASCII."""

    zebra: str
    Apple: int | bool | None
    a_1: list[str | int | bool | None]
    a: dict[str, str]


ANYTHING = st.builds(
    Anything,
    zebra=TEXT,
    Apple=WHOLE | st.booleans() | st.none(),
    a_1=st.lists(TEXT | WHOLE | st.booleans() | st.none()),
    a=st.dictionaries(st.text(st.characters(max_codepoint=127)), TEXT),
)


@given(ANYTHING)
def test_it_is_written_as_by_another_hand(value: Anything) -> None:
    assert written(value) == rfc8785.dumps(value.model_dump(mode="json"))


@given(TEXT, TEXT, TEXT)
def test_a_mail_and_its_manifest_are_written_as_by_another_hand(
    subject: str, text: str, name: str
) -> None:
    said = {"subject": subject, "text": text, "sender_name": name}
    email = MAIL.model_copy(update=said)
    headers = approved(MAIL).headers.model_copy(update={"subject": subject, "message_id": name})
    manifest = approved(MAIL).model_copy(update={"headers": headers, "key": text})

    for model in (email, manifest):
        assert written(model) == rfc8785.dumps(model.model_dump(mode="json"))


@pytest.mark.parametrize(
    "character", [*map(chr, range(0x20)), '"', "\\", "/", "\x7f", "\u2028"]
)
def test_every_character_with_an_escape_has_the_one_of_the_standard(character: str) -> None:
    email = MAIL.model_copy(update={"text": character})

    assert written(email) == rfc8785.dumps(email.model_dump(mode="json"))


def test_what_utf8_cannot_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        written(MAIL.model_copy(update={"text": "\ud800"}))


@pytest.mark.parametrize("model", [Email, Webhook, MailManifest, RequestManifest])
def test_our_names_are_ascii_and_our_numbers_whole_and_small(model: type[BaseModel]) -> None:
    for name, shape in _shapes(model.model_json_schema(mode="serialization")):
        assert name.isascii()
        assert shape.get("type") != "number"
        if shape.get("type") == "integer":
            assert shape.get("const") == 1 or (shape["minimum"], shape["exclusiveMaximum"]) == (
                0,
                2**53,
            )


def _shapes(schema: object, name: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    match schema:
        case dict():
            yield name, schema
            for inner, value in schema.items():
                yield from _shapes(value, str(inner))
        case list():
            for value in schema:
                yield from _shapes(value, name)
