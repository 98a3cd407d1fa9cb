"""The sender that believes signatures only, and the hook of failpoints, of its neighbours."""

from tests.authority.conftest import believing
from tests.authority.test_races import hook, other

__all__ = ["believing", "hook", "other"]
