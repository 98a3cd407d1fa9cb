"""What is described for strangers is kept, is true, and may not change so as to break them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest

from deploy.contracts import all_shapes, broken, documents
from outbox.intent import Artifact
from outbox.policy.document import FIRST
from schemas.receipts import reading
from tests.deploy.command import holdshort
from tests.receipts.vectors import FOLDER

KEPT = Path(__file__).parents[2] / "schemas" / "json"
RELEASED = KEPT / "released"
SHAPES = {shape.name: jsonschema_rs.validator_for(shape.written()) for shape in all_shapes()}
VALID = sorted(FOLDER.glob("valid-*.json"))


def test_what_is_kept_is_what_the_code_says() -> None:
    for file, text in documents():
        assert (KEPT / file).read_text("utf-8") == text, f"{file}: make readme"


def test_nothing_breaks_whoever_knows_the_last_release() -> None:
    assert broken(RELEASED) == []


def test_every_shape_is_a_json_schema() -> None:
    for shape in all_shapes():
        assert jsonschema_rs.meta.is_valid(shape.written()), shape.name


def test_every_kind_of_artifact_has_a_shape() -> None:
    union, _ = get_args(Artifact)
    for kind in get_args(union):
        assert kind.model_fields["channel"].default in SHAPES


def test_a_mail_that_is_proposed_is_one_by_its_schema_and_by_the_database_alike() -> None:
    mail = {"sender": "a@example.com", "to": ["b@example.org"], "subject": "s", "text": "t"}

    assert SHAPES["email"].is_valid(mail)
    assert SHAPES["proposal"].is_valid({"artifact": mail, "key": "k"})
    wrongs: list[dict[str, Any]] = [{"subject": "x\ny"}, {"to": []}, {"bcc": []}, {"text": 1}]
    for wrong in wrongs:
        assert not SHAPES["email"].is_valid({**mail, **wrong}), wrong


@pytest.mark.parametrize("file", VALID, ids=lambda file: str(file.stem))
def test_receipts_that_were_written_are_what_their_schemas_say(file: Path) -> None:
    bundle = json.loads(file.read_bytes())
    name = "log" if bundle["format"].startswith("urn:holdshort:log") else "receipts"

    SHAPES[name].validate(bundle)
    for one in bundle["receipts"]:
        envelope = one.get("envelope", one)
        SHAPES["envelope"].validate(envelope)
        payload = reading.bytes_of(envelope["payload"], "a payload")
        SHAPES["receipt"].validate(json.loads(payload))


def test_a_policy_that_is_in_force_is_one_by_its_schema() -> None:
    SHAPES["policy"].validate(FIRST.as_json())


def test_the_command_names_the_field_that_would_break_and_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path, dirs_exist_ok=True)
    told = json.loads((file := tmp_path / "stage-event.schema.json").read_text("utf-8"))
    told["properties"]["weight"] = {"type": "integer"}
    told["required"].append("weight")
    file.write_text(json.dumps(told), encoding="utf-8")

    said = holdshort("schema", "check", "--against", str(tmp_path))
    as_json = holdshort("schema", "check", "--against", str(tmp_path), "--json")

    assert said.code == as_json.code == 6
    assert said.out == "stage-event.schema.json: weight: is not always there any more\n"
    assert as_json.json == {"broken": [said.out.strip()]}
    assert "docs/CONTRACTS.md" in said.err


def test_the_command_writes_what_is_kept_and_finds_nothing_that_breaks(tmp_path: Path) -> None:
    written = holdshort("schema", "export", str(tmp_path), "--json").json["written"]
    said = holdshort("schema", "check")

    assert isinstance(written, list)
    for name in written:
        assert (tmp_path / name).read_bytes() == (KEPT / name).read_bytes()
    assert (said.code, said.out) == (0, "nothing breaks\n")


def test_a_folder_that_describes_nothing_is_not_what_nothing_breaks(tmp_path: Path) -> None:
    said = holdshort("schema", "check", "--against", str(tmp_path))

    assert said.code == 2
    assert "describes nothing" in said.err


def test_what_is_no_longer_described_is_broken(tmp_path: Path) -> None:
    (tmp_path / "fax.schema.json").write_text("{}", encoding="utf-8")

    assert broken(tmp_path) == ["fax.schema.json: is gone"]
