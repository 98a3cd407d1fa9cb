"""Which test carries out what a page shows, where it is not only commands of ours.

Commands are read by the command line itself; a block that is neither that nor claimed here
fails.  A claim names a test that there is.
"""

from __future__ import annotations

from typing import NamedTuple


class Claim(NamedTuple):
    """Blocks of a page in one language; those that begin so, if it says how."""

    page: str
    language: str
    by: str
    begins: str = ""


CLAIMS = (
    Claim("README", "", "tests/deploy/test_demo.py", "starting PostgreSQL 18"),
    Claim("README", "mermaid", "tests/deploy/test_demo.py"),
    Claim("README", "python", "tests/deploy/test_demo.py"),
    Claim("docs/ADAPTERS", "python", "tests/adapters/test_docs.py"),
    Claim("docs/ADAPTERS", "json", "tests/adapters/test_docs.py"),
    Claim("docs/API", "sh", "tests/intake/test_docs.py"),
    Claim("docs/API", "json", "tests/intake/test_docs.py"),
    Claim("docs/ATTENTION", "", "tests/attention/test_rules.py", '{"sole_operator"'),
    Claim("docs/AUTHORITY", "", "tests/authority/test_page.py", '{"approved_at"'),
    Claim("docs/AUTHORITY", "", "tests/site/test_examples.py", '{"sole_operator"'),
    Claim("docs/CONTRACTS", "sh", "tests/contracts/test_docs.py"),
    Claim("docs/CONTRACTS", "sql", "tests/contracts/test_docs.py"),
    Claim("docs/CONTRACTS", "ts", "tests/contracts/test_docs.py"),
    Claim("docs/DEPLOY", "sh", "tests/shipping/test_deploy_page.py"),
    Claim("docs/MONITORING", "python", "tests/observing/test_page.py"),
    Claim("docs/MONITORING", "sql", "tests/observing/test_page.py"),
    Claim("docs/NOTIFICATIONS", "json", "tests/notifying/test_page.py"),
    Claim("docs/SCALE", "json", "tests/ledger/test_scale_page.py"),
    Claim("docs/SCALE", "python", "tests/ledger/test_scale_page.py"),
    Claim("docs/SCORING", "json", "tests/scorers/test_page.py"),
    Claim("docs/SCORING", "python", "tests/scorers/test_page.py"),
    Claim("docs/SCORING", "toml", "tests/scorers/test_page.py"),
    Claim("docs/SCORERS", "json", "tests/judging/test_page.py"),
    Claim("docs/SCORERS", "python", "tests/judging/test_page.py"),
    Claim("docs/WEBHOOKS", "json", "tests/channels/http/test_page.py"),
)


class Excuse(NamedTuple):
    """A block that nobody carries out, and why that is so."""

    page: str
    begins: str
    why: str


EXCUSES = (
    Excuse("README", "Produce, Persist", "a drawing"),
    Excuse("README", "make demo", "make is what runs the tests; it is checked to be a target"),
    Excuse("docs/DEPLOY", "docker", "takes a Docker engine; tests/shipping reads the files"),
    Excuse("docs/DEPLOY", "kubectl", "takes a cluster; tests/shipping validates the files"),
)
