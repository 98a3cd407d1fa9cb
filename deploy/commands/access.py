"""Commands about who may do what: doctor, roles, tenant."""

from __future__ import annotations

import sys

import click

from deploy.commands import options


@click.command()
@options.dsn
@options.as_json
def doctor_command(dsn: str | None, as_json: bool) -> None:
    """Look whether roles, guards and server are as they must be, and say how to mend them.

    Give it the DSN of the process that you ask for: what that login may do beyond its part
    is a finding, too.  Exit code 1 if there is any.
    """
    from deploy.doctor import Finding, examine
    from outbox.epoch import site_of

    def line(found: Finding) -> str:
        said = f"{'ok ' if found.ok else 'BAD'}  {found.check}: {found.said}"
        return said if found.ok else f"{said}\n       next: {found.remedy}"

    given = options.settings(dsn=dsn)
    findings = [*examine(given.database(), site_of(given), given.cluster())]
    options.answer(findings, "\n".join(map(line, findings)), as_json=as_json)
    sys.exit(not all(found.ok for found in findings))


@click.command()
@options.as_json
def roles_command(as_json: bool) -> None:
    """Print the roles of the database, and the SQL that makes them and their logins."""
    from schemas.groups import GROUPS
    from schemas.roles import script

    options.answer(GROUPS, script(), as_json=as_json)


@click.group()
def tenant_command() -> None:
    """Logins that see and do only what is of their tenants."""


@tenant_command.command("add")
@click.argument("tenant")
@click.argument("login")
@options.by
@options.dsn
@options.as_json
def add_tenant(tenant: str, login: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Bind LOGIN to TENANT: it sees, proposes and decides what is of its tenants.

    A binding stays.  To end it, end the login.
    """
    from outbox import tenants

    with options.database(dsn) as connection:
        tenants.bind(connection, login, tenant, actor=actor)
    said = f"{login} is bound to the tenant {tenant} by {actor}"
    options.answer({"login": login, "tenant": tenant}, said, as_json=as_json)


@tenant_command.command("list")
@options.dsn
@options.as_json
def list_tenants(dsn: str | None, as_json: bool) -> None:
    """List which logins are bound to which tenants."""
    from outbox import queries, tenants

    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        bound = tenants.bindings(connection)
    lines = [f"{one.tenant}  {one.login}, bound by {one.bound_by}" for one in bound]
    options.answer(bound, "\n".join(lines) or "no login is bound", as_json=as_json)
