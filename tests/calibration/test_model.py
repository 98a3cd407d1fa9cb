"""A model says what scikit-learn has found, without it; and keeps no more than it must."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.scorers import History
from consumers.scorers.known import load as scorer
from consumers.scorers.learned.decisions import Decided
from consumers.scorers.learned.model import Model, load
from consumers.scorers.learned.training import (
    FEWEST,
    _fitted,
    evaluated,
    learnt_from,
    trained,
)
from consumers.scorers.learned.words import words
from outbox.errors import BadSettings, Conflict
from tests.calibration.taught import BEGAN, taught, text
from tests.parts import journey


@pytest.fixture(scope="module")
def model() -> Model:
    return trained(taught(900))


def test_it_says_what_scikit_learn_says(model: Model) -> None:
    learnt = taught(900)[:720]
    vectors, regression, slope, offset = _fitted(
        [one.text for one in learnt], [one.approved for one in learnt]
    )
    random = Random(5)
    texts = [text(random, good=True) for _ in range(50)] + ["", "nothing of it is known"]
    sums = regression.decision_function(vectors.transform(texts))

    for one, total in zip(texts, sums, strict=True):
        share = 1 / (1 + 2.718281828459045 ** -(slope * total + offset))
        assert model.judge(one)[0] == pytest.approx(share, abs=1e-9)


def test_its_confidence_is_what_becomes_of_later_mails(model: Model) -> None:
    found = evaluated(model, taught(1500, seed=9))

    assert found.error < 0.05
    assert found.precision > 0.6
    assert found.recall > 0.8
    assert model.evaluation is not None
    assert (model.learnt, model.evaluation.decided) == (720, 180)


def test_the_newest_decisions_are_those_on_which_it_is_judged() -> None:
    """Given in any order: here the newest are refused, whatever they say."""
    mixed = [*taught(400), *(Decided(BEGAN.replace(year=2027), False, "") for _ in range(100))]
    Random(2).shuffle(mixed)
    found = trained(mixed).evaluation

    assert found is not None
    assert (found.decided, found.approved) == (100, 0)


def test_from_too_few_nobody_learns() -> None:
    with pytest.raises(Conflict, match="that is too few"):
        learnt_from(taught(3 * FEWEST - 3))
    with pytest.raises(Conflict, match="nobody has decided"):
        evaluated(learnt_from(taught(3 * FEWEST)), [])


def test_a_file_has_no_number_no_address_and_no_word_of_few_mails() -> None:
    told = [
        Decided(one.at, one.approved, f"{one.text} ada@example.org 4711 sk-live-9f8a7b6c5d4e")
        for one in taught(300)
    ]
    rare = [Decided(one.at, one.approved, f"{one.text} zeppelin") for one in told[:4]]
    kept = learnt_from([*rare, *told[4:]]).file().decode()

    assert "invoice" in kept
    for secret in ("zeppelin", "ada", "example", "4711", "9f8a7b6c5d4e", "live"):
        assert f'"{secret}' not in kept


@given(st.text(max_size=400))
def test_whatever_a_text_says_a_share_is_between_0_and_1(model: Model, said: str) -> None:
    share, against = model.judge(said)

    assert 0 <= share <= 1
    assert set(against) <= set(words(said))


def test_the_longest_text_takes_no_longer_than_its_beginning(model: Model) -> None:
    assert model.judge("free " * 4_000_000) == model.judge("free " * 10_000)


def test_a_file_that_was_changed_is_no_model(model: Model, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_bytes(model.file())
    assert load(file) == model

    told = json.loads(model.file())
    told["model"]["intercept"] += 1
    for wrong, why in (
        (json.dumps(told), "was changed after it was trained"),
        ("{}", "digest"),
        (model.file()[:-9].decode(), "is no JSON"),
        (model.file().decode().replace(str(model.slope), "NaN"), "slope"),
    ):
        file.write_text(wrong, "utf-8")
        with pytest.raises(BadSettings, match=why):
            load(file)


def test_the_scorer_says_how_likely_a_yes_is_and_what_speaks_against_it(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.json"
    file.write_bytes(model.file())
    monkeypatch.setenv("HOLDSHORT_LEARNED_MODEL", str(file))
    learned = scorer("learned")

    bad = learned.score(journey.mail(subject="urgent casino bonus, click free"), History())
    good = learned.score(journey.mail(subject="invoice delivery appointment"), History())

    assert learned.version == bad.version == model.digest[:12]
    assert bad.confidence < 0.5 < good.confidence
    assert bad.kinds == ("unlike-approved",)
    assert "most against it: " in bad.reasons[0]
    assert good.kinds == ()
    assert not bad.holds


def test_without_a_file_nobody_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOLDSHORT_LEARNED_MODEL", raising=False)
    with pytest.raises(BadSettings, match="names no file"):
        scorer("learned")
