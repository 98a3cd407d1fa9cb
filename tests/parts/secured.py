"""Apache Kafka behind TLS and a login, with an authority of the test's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import trustme
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._scram import (
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from deploy.local.ports import LOOPBACK, free_port
from outbox.cluster import Cluster, Mechanism
from outbox.errors import DependencyDown
from relay.topics import create_missing
from tests.parts.apache import ApacheKafka
from tests.parts.waiting import wait_until

LOGIN, PASSWORD = "holdshort", "first-password"
_JAAS = "org.apache.kafka.common.security"
_SCRAM = f"{_JAAS}.scram.ScramLoginModule required;"
_ITERATIONS = 8192
_PATIENCE = dt.timedelta(minutes=1)


class SecuredKafka(ApacheKafka):
    """Its clients come by TLS to `localhost` with a login; tests look in by `bootstrap`."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._authority = trustme.CA()
        self._port = free_port()
        self.certify("localhost")
        self.ca = _written(directory / "ca.pem", self._authority.cert_pem.bytes())
        self.password_file = _written(directory / "password", f"{PASSWORD}\n".encode())

    def cluster(
        self, host: str = "localhost", mechanism: Mechanism = "SCRAM-SHA-512"
    ) -> Cluster:
        """As whom it knows comes to it."""
        return Cluster(
            f"{host}:{self._port}",
            tls=True,
            ca=self.ca,
            login=LOGIN,
            mechanism=mechanism,
            password_file=self.password_file,
        )

    def certify(self, name: str) -> None:
        """A new certificate for this name; a start reads it."""
        issued = self._authority.issue_cert(name)
        private = load_pem_private_key(issued.private_key_pem.bytes(), None)
        key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = b"".join(one.bytes() for one in issued.cert_chain_pems)
        _written(self._directory / "key.pem", key + chain)

    def change_password(self, password: str) -> None:
        """At the broker; who comes with the old one from now on is refused."""
        info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, _ITERATIONS)
        change = UserScramCredentialUpsertion(LOGIN, info, password.encode())
        admin = AdminClient({"bootstrap.servers": self.bootstrap})
        for done in admin.alter_user_scram_credentials([change]).values():
            done.result(timeout=30)

    def users(self) -> tuple[str, ...]:
        scram = f"SCRAM-SHA-512=[name={LOGIN},password={PASSWORD}]"
        return ("--add-scram", scram)

    def more_settings(self, told: Mapping[str, str]) -> dict[str, str]:
        plain, secured = "listeners", f"SECURED://{LOOPBACK}:{self._port}"
        protocols, own = "listener.security.protocol.map", "listener.name.secured"
        advertised, named = "advertised.listeners", f"SECURED://localhost:{self._port}"
        login = f'required user_{LOGIN}="{PASSWORD}";'
        return {
            plain: f"{told[plain]},{secured}",
            advertised: f"{told[advertised]},{named}",
            protocols: f"{told[protocols]},SECURED:SASL_SSL",
            f"{own}.ssl.keystore.type": "PEM",
            f"{own}.ssl.keystore.location": str(self._directory / "key.pem"),
            f"{own}.sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
            f"{own}.scram-sha-512.sasl.jaas.config": _SCRAM,
            f"{own}.plain.sasl.jaas.config": f"{_JAAS}.plain.PlainLoginModule {login}",
        }


@contextmanager
def secured_kafka(directory: Path) -> Iterator[SecuredKafka]:
    """One that has let us in, with all topics: its first handshake takes its time."""
    with SecuredKafka(directory) as broker:
        wait_until(lambda: _lets_in(broker.cluster()), _PATIENCE, "it lets us in")
        yield broker


def _lets_in(cluster: Cluster) -> bool:
    try:
        create_missing(cluster)
    except DependencyDown:
        return False
    return True


def _written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    file.chmod(0o600)
    return file
