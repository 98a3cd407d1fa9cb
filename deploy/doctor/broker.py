"""Checks of the bell: whether Kafka is reached, and whether others hear it on the way."""

from __future__ import annotations

from deploy.doctor.finding import Finding, fine
from outbox.cluster import Cluster
from outbox.errors import BadSettings, DependencyDown
from schemas.events import TOPICS


def broker(cluster: Cluster) -> Finding:
    """Nothing is wrong without Kafka: stages look by themselves."""
    if not cluster:
        return fine("kafka", "there is none: stages look by themselves")
    # Here, since who has no Kafka does not pay for its client.
    from relay.reaching import look_for

    try:
        missing = set(TOPICS) - look_for(cluster)
    except (DependencyDown, BadSettings) as error:
        return Finding(check="kafka", ok=False, said=str(error), remedy=error.hint)
    if cluster.exposed:
        said = f"what is said to {cluster.servers} can be read and forged on its way"
        return Finding(check="kafka", ok=False, said=said, remedy="HOLDSHORT_KAFKA_TLS=on")
    way = {"SASL_SSL": f"over TLS as {cluster.login}", "SSL": "over TLS"}
    how = way.get(cluster.protocol, "on this machine")
    lacks = f"; a relay makes the {len(missing)} topics that are missing" if missing else ""
    return fine("kafka", f"it is reached {how}{lacks}")
