"""What a private Postfix reads: `main.cf`, `master.cf`, its certificate and its one login.

Nothing here names the machine's own Postfix, waits for a name server or slows a client
down; a mail that is taken over goes to `discard`, which logs it and forgets it.
"""

from __future__ import annotations

import pwd
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import trustme

from deploy.local.ports import LOOPBACK, free_port

QUEUES = ("incoming", "active", "deferred")
"""In the order in which a mail moves through them."""
OWNER = "postfix"

_REALM = "localhost"
_OTHERS = ("bounce", "corrupt", "defer", "flush", "hold", "private", "public", "trace")
_SERVICES = """\
{starttls} inet n - n - - smtpd
{smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
postlog unix-dgram n - n - 1 postlogd
"""
_ALWAYS = {
    "compatibility_level": "3.6",
    "enable_long_queue_ids": "yes",  # short ones are used again
    "myhostname": "localhost",
    "mydestination": "",
    "inet_interfaces": LOOPBACK,
    "inet_protocols": "ipv4",
    "local_recipient_maps": "",
    "alias_maps": "",
    "alias_database": "",
    "default_transport": "discard:",
    "smtpd_relay_restrictions": "permit_sasl_authenticated, reject",
    "smtpd_tls_security_level": "encrypt",
    "smtpd_tls_auth_only": "yes",
    "smtpd_sasl_auth_enable": "yes",
    "smtpd_sasl_local_domain": _REALM,
    "smtpd_peername_lookup": "no",
    "smtpd_error_sleep_time": "0",
    "smtpd_client_connection_count_limit": "0",  # else it wants an anvil
    "in_flow_delay": "0",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a client must know; STARTTLS on one port, TLS from the first byte on the other."""

    starttls_port: int
    smtps_port: int
    login: str
    password: str
    ca_file: Path


def prepare(directory: Path, more: Mapping[str, str]) -> Known:
    """Lay out a directory that others may enter; `more` is added to `main.cf`."""
    directory.mkdir(mode=0o711)
    authority = trustme.CA()
    certificate = authority.issue_cert(LOOPBACK, "localhost")
    authority.cert_pem.write_to_path(str(directory / "ca.pem"))
    chain = directory / "server.pem"
    chain.touch(mode=0o600)
    chain.write_bytes(certificate.private_key_and_cert_chain_pem.bytes())
    known = Known(
        free_port(),
        free_port(),
        "holdshort",
        secrets.token_urlsafe(18),
        directory / "ca.pem",
    )
    _make_queue(directory)
    _write_login(directory / "sasl", known)
    settings = "".join(f"{name} = {value}\n" for name, value in _main(directory, more).items())
    (directory / "main.cf").write_text(settings)
    services = _SERVICES.format(
        starttls=f"{LOOPBACK}:{known.starttls_port}", smtps=f"{LOOPBACK}:{known.smtps_port}"
    )
    (directory / "master.cf").write_text(services)
    return known


def _main(directory: Path, more: Mapping[str, str]) -> dict[str, str]:
    places = {
        "queue_directory": "queue",
        "data_directory": "data",
        "maillog_file": "mail.log",
        "maillog_file_prefixes": "",
        "smtpd_tls_chain_files": "server.pem",
        "cyrus_sasl_config_path": "sasl",
    }
    return {**_ALWAYS, **{name: str(directory / at) for name, at in places.items()}, **more}


def _make_queue(directory: Path) -> None:
    queue = directory / "queue"
    owner = pwd.getpwnam(OWNER)
    for name in ("", "pid"):
        (queue / name).mkdir(mode=0o755)
    for its_own in (*(queue / name for name in (*QUEUES, *_OTHERS)), directory / "data"):
        its_own.mkdir(mode=0o700)
        shutil.chown(its_own, owner.pw_uid, owner.pw_gid)


def _write_login(directory: Path, known: Known) -> None:
    directory.mkdir()
    logins = directory / "logins"
    (directory / "smtpd.conf").write_text(
        "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n"
        f"sasldb_path: {logins}\n"
    )
    subprocess.run(
        ["saslpasswd2", "-p", "-c", "-f", logins, "-u", _REALM, known.login],
        input=known.password.encode(),
        check=True,
        timeout=30,
    )
    shutil.chown(logins, OWNER)
