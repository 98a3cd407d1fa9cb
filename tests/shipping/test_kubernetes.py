"""The manifests: valid, and each role with what is its own.  No engine has run them here."""

from __future__ import annotations

from pathlib import Path

import kubernetes_validate
import psycopg
import pytest
import yaml

from outbox.settings import Settings
from outbox.store import Connection
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.shipping.manifests import (
    KUBERNETES,
    ROLES,
    containers,
    documents,
    environment,
    named,
    of_kind,
    pods,
    secrets_of,
)

VERSIONS = ("1.30", "1.37")
OURS = [one for one in documents() if not one["apiVersion"].startswith("keda.sh/")]
OF_KAFKA = {"relay", "scorer", "router", "granter", "sender"}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_manifest_is_what_kubernetes_describes(version: str) -> None:
    for one in OURS:
        kubernetes_validate.validate(one, version, strict=True)


def test_there_is_one_workload_for_each_role_and_none_beside() -> None:
    assert set(pods()) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_told_only_settings_that_there_are(role: str) -> None:
    told = environment(pods()[role])

    Settings.from_env(told)  # it refuses a name that nobody knows
    assert {name for name in told if not name.startswith("HOLDSHORT_")} == {"PGSERVICEFILE"}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_its_own_secret_and_none_of_another(role: str) -> None:
    bell = {"holdshort-kafka"} if role in OF_KAFKA else set()

    assert secrets_of(pods()[role]) == {f"holdshort-{role}"} | bell


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_reads_is_in_its_secret(role: str) -> None:
    given = {
        key for name in secrets_of(pods()[role]) for key in named("Secret", name)["stringData"]
    }
    mounted = "/run/secrets/holdshort/"
    read = [v for v in environment(pods()[role]).values() if v.startswith(mounted)]

    assert {file.removeprefix(mounted) for file in read} <= given


@pytest.mark.parametrize("role", ROLES)
def test_a_role_runs_as_nobody_else_and_writes_nowhere(role: str) -> None:
    pod = pods()[role]["spec"]

    assert pod["serviceAccountName"] == f"holdshort-{role}"
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 10000
    for one in containers(pods()[role]):
        own = one["securityContext"]
        assert own["readOnlyRootFilesystem"] is True
        assert own["allowPrivilegeEscalation"] is False
        assert own["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in one["resources"]["limits"]


def test_only_a_sender_gets_out() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in of_kind("NetworkPolicy")}
    everybody = policies["default-deny"]
    out = {
        name: spec["podSelector"]
        for name, spec in policies.items()
        for to in spec.get("egress", ())
        for peer in to.get("to", [{"ipBlock": {"cidr": "0.0.0.0/0"}}])
        if peer.get("ipBlock", {}).get("cidr") == "0.0.0.0/0"
    }

    assert everybody["podSelector"] == {}
    assert sorted(everybody["policyTypes"]) == ["Egress", "Ingress"]
    assert out == {"senders-get-out": {"matchLabels": {"holdshort/stage": "sender"}}}
    [rule] = policies["senders-get-out"]["egress"]
    assert [port["port"] for port in rule["ports"]] == [465, 587]


def test_a_sender_has_time_for_the_last_reply_and_is_scaled_down_slowly() -> None:
    deployment = named("Deployment", "holdshort-sender")["spec"]
    scaled = named("ScaledObject", "holdshort-sender")["spec"]
    down = scaled["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]["scaleDown"]

    assert deployment["template"]["spec"]["terminationGracePeriodSeconds"] > 600
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert down["policies"] == [{"type": "Pods", "value": 1, "periodSeconds": 600}]
    assert scaled["minReplicaCount"] >= 1, "a sender is there before what it sends"


def test_every_stage_answers_its_probes_at_the_address_that_it_is_told() -> None:
    for role, pod in pods().items():
        if role == "migrate":
            continue
        [container] = pod["spec"]["containers"]
        port = int(environment(pod)["HOLDSHORT_HTTP"].rpartition(":")[2])
        assert {"name": "health", "containerPort": port} in container["ports"]
        assert container["livenessProbe"]["httpGet"] == {"path": "/livez", "port": "health"}
        assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "health"}


def test_a_budget_keeps_those_of_which_there_are_several() -> None:
    budgets = [one["spec"]["selector"] for one in of_kind("PodDisruptionBudget")]
    kept = {one["matchLabels"]["holdshort/stage"] for one in budgets}

    assert kept == {"relay", "scorer", "sender", "intake", "console"}


def test_what_is_scaled_exists_and_its_count_is_asked_by_a_reader(
    db: Connection, dsn: str
) -> None:
    journey.switch_on(db)
    journey.approved(db)
    journey.proposed(db)
    with psycopg.connect(logins_of(dsn)["reader"]) as reader:
        for one in of_kind("ScaledObject"):
            assert named("Deployment", one["spec"]["scaleTargetRef"]["name"])
            [trigger] = one["spec"]["triggers"]
            query: str = trigger["metadata"]["query"]
            assert reader.execute(query.encode()).fetchone() == (1,)


def test_no_secret_is_shipped() -> None:
    for one in of_kind("Secret"):
        for value in one["stringData"].values():
            assert "CHANGE-ME" in value
    assert {Path(file).name for file in KUBERNETES.glob("*secret*")} == {"secrets.example.yaml"}
    assert yaml.safe_dump(OURS).count("CHANGE-ME") >= len(ROLES)
