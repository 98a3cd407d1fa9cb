"""The consoles of their neighbours."""

from tests.console.conftest import ada, api, grace

__all__ = ["ada", "api", "grace"]
