"""Of bundles that were changed in one place at random, nobody believes one."""

from __future__ import annotations

import json
import os
import random

from tests.parts.bundles import busy
from tests.receipts import mutants

COUNT = int(os.environ.get("HOLDSHORT_TEST_MUTANTS", "600"))


def test_no_mutant_is_believed() -> None:
    seed = random.randrange(10**6)

    assert mutants.accepted(COUNT, seed) == [], f"seed {seed}"


def test_a_mutant_says_something_else() -> None:
    bundle = busy().of_intent(1).written()
    stream = mutants.mutants(bundle, random.Random(1))

    changed = [next(stream) for _ in range(200)]

    assert len(set(changed)) > 150
    readable = sum(json.loads(one) != json.loads(bundle) for one in changed if is_json(one))
    assert readable > 100


def is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
