"""The settings of the bell: which Kafka, and how it is reached; a part of `Settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from outbox.cluster import NOWHERE, Cluster, Mechanism, on_loopback
from outbox.spelling import addresses, path


class OfKafka(BaseModel):
    """Each is a field of `outbox.settings.Settings`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    kafka: Annotated[str, AfterValidator(addresses)] = ""
    """Kafka's bootstrap servers, host:port and commas.  Empty: no bell, stages look by
    themselves."""
    kafka_tls: Literal["auto", "on", "off"] = "auto"
    """Whether it is reached over TLS, with its name verified; auto is off for brokers on
    loopback alone, and on elsewhere.  Where it is off beyond loopback, the doctor says so."""
    kafka_ca: Annotated[Path | None, BeforeValidator(path)] = None
    """A PEM file of the only authorities to believe.  Empty: those of the system."""
    kafka_login: str = ""
    """The login for SASL, over TLS only.  Empty: none."""
    kafka_password_file: Annotated[Path | None, BeforeValidator(path)] = None
    """A file that holds the password of that login; read again for each new connection."""
    kafka_sasl: Mechanism = "SCRAM-SHA-512"
    """How the login is proven: SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN."""

    def cluster(self) -> Cluster:
        """Which Kafka, and how.  Raises `BadSettings` for what does not go together."""
        if not self.kafka:
            return NOWHERE
        automatic = self.kafka_tls == "auto" and not on_loopback(self.kafka)
        return Cluster(
            self.kafka,
            tls=automatic or self.kafka_tls == "on",
            ca=self.kafka_ca,
            login=self.kafka_login,
            mechanism=self.kafka_sasl,
            password_file=self.kafka_password_file,
        ).check()
