"""Events as they may come to be, for tests by properties."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from outbox.lifecycle import MOVES
from outbox.policy.steps import Step
from schemas.events import StageEvent

_HEX = "0123456789abcdef"
_TRACES = st.builds(
    "00-{}-{}-01".format,
    st.text(_HEX, min_size=32, max_size=32),
    st.text(_HEX, min_size=16, max_size=16),
)
_MOMENTS = st.datetimes(
    min_value=dt.datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.timezones() | st.just(dt.UTC),
)


@st.composite
def events(draw: st.DrawFn) -> StageEvent:
    move = draw(st.sampled_from(sorted(MOVES)))
    return StageEvent(
        seq=draw(st.integers(1, 2**63 - 1)),
        intent_id=draw(st.integers(1, 2**63 - 1)),
        version=draw(st.integers(1, 2**31 - 1)),
        digest=draw(st.text(_HEX, min_size=64, max_size=64)),
        state=move.target,
        source=move.source,
        role=move.by,
        at=draw(_MOMENTS),
        traceparent=draw(st.none() | _TRACES),
        notice=draw(st.none() | st.sampled_from(Step)),
    )
