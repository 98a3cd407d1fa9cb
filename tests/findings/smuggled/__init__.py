"""Mails that hide something, each by one trick, and the kind that it must be found as."""

from tests.findings.smuggled.carried import CARRIED
from tests.findings.smuggled.hidden import HIDDEN
from tests.findings.smuggled.said import SAID

CASES = {**HIDDEN, **SAID, **CARRIED}
