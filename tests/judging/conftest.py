"""A judge, and the model that it asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers.scorers.judge import Judge
from consumers.scorers.judge.account import account_in
from tests.judging.model import Model, answering


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Model]:
    with answering(tmp_path) as model:
        yield model


@pytest.fixture
def judge(model: Model) -> Judge:
    return Judge(account_in(model.file()))
