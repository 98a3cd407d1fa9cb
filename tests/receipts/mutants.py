"""Change one thing in a bundle, at random.

python -m tests.receipts.mutants COUNT SEED
"""

from __future__ import annotations

import base64
import copy
import json
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

from schemas.receipts.reading import canonical
from tests.parts.bundles import busy
from tests.parts.reviewers import ROOT_FILE
from tests.parts.signed import signed_busy
from tests.receipts import in_advance
from tests.receipts.judging import said

Slot = tuple[Any, Any]
"""A list or an object, and where in it."""


def mutants(bundle: bytes, chance: random.Random) -> Iterator[bytes]:
    """Bundles that say something else, without end."""
    told = json.loads(bundle)
    # Without its older checkpoint it says less, and nothing false.
    as_true = (repr(told), repr({**told, "since": None}))
    changes: tuple[Callable[[bytes, random.Random], bytes], ...] = (
        _byte_changed,
        _value_changed,
        _list_changed,
        _values_swapped,
        _statement_changed,
    )
    while True:
        mutant = chance.choice(changes)(bundle, chance)
        try:
            if repr(json.loads(mutant)) in as_true:
                continue  # another way to write the same; True is not 1 here
        except ValueError:
            pass
        yield mutant


def _byte_changed(bundle: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(bundle))
    other = chance.choice([b"", bytes([chance.randrange(256)]), bundle[place : place + 1] * 2])
    return bundle[:place] + other + bundle[place + 1 :]


def _value_changed(bundle: bytes, chance: random.Random) -> bytes:
    value = json.loads(bundle)
    place, key = chance.choice(list(_slots(value)))
    place[key] = _other(place[key], chance)
    return canonical(value)


def _list_changed(bundle: bytes, chance: random.Random) -> bytes:
    value = json.loads(bundle)
    lists = [place[key] for place, key in _slots(value) if isinstance(place[key], list)]
    found = chance.choice([one for one in lists if one])
    one = chance.randrange(len(found))
    match chance.randrange(5):
        case 0:
            del found[one]
        case 1:
            found.insert(one, copy.deepcopy(found[one]))
        case 2:
            other = chance.randrange(len(found))
            found[one], found[other] = found[other], found[one]
        case 3:
            found.reverse()
        case _:
            del found[one:]
    return canonical(value)


def _values_swapped(bundle: bytes, chance: random.Random) -> bytes:
    value = json.loads(bundle)
    one, other = chance.sample(list(_slots(value)), 2)
    first, second = copy.deepcopy(one[0][one[1]]), copy.deepcopy(other[0][other[1]])
    one[0][one[1]], other[0][other[1]] = second, first
    return canonical(value)


def _statement_changed(bundle: bytes, chance: random.Random) -> bytes:
    value = json.loads(bundle)
    payloads = [slot for slot in _slots(value) if slot[1] == "payload"]
    place, key = chance.choice(payloads)
    told = json.loads(base64.b64decode(place[key]))
    inner, name = chance.choice(list(_slots(told)))
    inner[name] = _other(inner[name], chance)
    place[key] = base64.b64encode(canonical(told)).decode()
    return canonical(value)


def _other(value: Any, chance: random.Random) -> Any:
    match value:
        case str() if value and chance.random() < 0.7:
            place = chance.randrange(len(value))
            return value[:place] + chance.choice("Aa0/+= \n\u2014") + value[place + 1 :]
        case int() if chance.random() < 0.7:
            return value + chance.choice([-1, 1, 2**32])
        case _:
            return chance.choice([None, "", 0, 1, -1, 0.5, [], {}, True, "x"])


def _slots(value: Any) -> Iterator[Slot]:
    keys = range(len(value)) if isinstance(value, list) else list(value)
    for key in keys:
        yield value, key
        if isinstance(value[key], list | dict):
            yield from _slots(value[key])


def accepted(count: int, seed: int) -> list[bytes]:
    """Which of so many mutants anybody would believe."""
    chance = random.Random(seed)
    log, signed = busy(), signed_busy()
    unsigned = (log.of_intent(2, since=7).written(), log.of_log().written())
    early = (in_advance.granted(), in_advance.delegated())
    by_people = [signed.of_intent(2).written(), signed.of_log().written()]
    by_people += [one.of_intent(1).written() for one in early]
    bundles = [*((one, None) for one in unsigned), *((one, ROOT_FILE) for one in by_people)]
    streams = [(mutants(bundle, chance), roots) for bundle, roots in bundles]
    tried = (streams[number % len(streams)] for number in range(count))
    made = ((next(stream), roots) for stream, roots in tried)
    return [mutant for mutant, roots in made if said(mutant, reviewers=roots)[:5] == "valid"]


def main(count: str = "10000", seed: str = "") -> int:
    seed = seed or str(random.randrange(10**6))
    believed = accepted(int(count), int(seed))
    sys.stdout.write(f"seed {seed}: {count} mutants, {len(believed)} believed\n")
    for mutant in believed:
        sys.stdout.write(f"{mutant!r}\n")
    return len(believed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
