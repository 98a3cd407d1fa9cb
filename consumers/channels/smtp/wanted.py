"""The codes that a phase can want."""

from __future__ import annotations

YES = range(200, 300)
READY = frozenset({220})
GO_ON = frozenset({334})
KNOWN = frozenset({235})
START_INPUT = frozenset({354})
NOTHING = frozenset[int]()
