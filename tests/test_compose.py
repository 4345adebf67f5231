"""The container files, without a container engine: the specification's schema, and our rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from api.settings import ServiceSettings
from graph.server import LAPTOP
from graph.server.config import FIXED, HOST, Ports, neo4j_conf
from graph.server.jarlist import checked_in, neo4j_version

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PASSWORD = "${NEO4J_PASSWORD:?set NEO4J_PASSWORD}"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return value


@pytest.fixture(scope="module")
def neo4j(compose: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = compose["services"]["neo4j"]
    return service


@pytest.fixture(scope="module")
def api(compose: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = compose["services"]["api"]
    return service


def test_it_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests/data/compose-spec.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(compose)


def test_every_port_is_published_on_this_machine_only(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert len(ports) == 3
    for port in ports:
        assert re.fullmatch(r"127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+", port), port


def test_an_empty_password_is_refused(neo4j: dict[str, Any], api: dict[str, Any]) -> None:
    assert neo4j["environment"]["NEO4J_AUTH"] == f"neo4j/{PASSWORD}"
    assert api["environment"]["NEO4J_PASSWORD"] == PASSWORD


def test_the_version_is_that_of_the_managed_server(neo4j: dict[str, Any]) -> None:
    assert neo4j["image"] == f"neo4j:{neo4j_version(checked_in())}-community"


def test_neo4j_has_the_settings_of_the_managed_server(neo4j: dict[str, Any]) -> None:
    conf = dict(line.split("=", 1) for line in neo4j_conf(Ports(7687, 7474), LAPTOP).splitlines()[1:])
    wanted = {name: value for name, value in conf.items() if HOST not in value}
    wanted["server.memory.heap.max_size"] = f"{LAPTOP.heap}m"
    del wanted["dbms.security.auth_enabled"]  # the image's default
    del wanted[
        "dbms.security.auth_max_failed_attempts"
    ]  # a person chose the password: guesses are slowed down
    given = {_setting(name): value for name, value in neo4j["environment"].items() if name != "NEO4J_AUTH"}
    assert wanted.items() <= given.items()
    assert set(given) - set(wanted) == {
        "server.memory.heap.initial_size",
        "server.bolt.advertised_address",
        "server.http.advertised_address",
    }
    assert set(FIXED) <= set(conf)


def _setting(variable: str) -> str:
    """Return the setting that the image's entry point makes of a variable."""
    return variable.removeprefix("NEO4J_").replace("__", "%").replace("_", ".").replace("%", "_")


def test_neo4j_is_healthy_when_it_answers_a_query(neo4j: dict[str, Any], api: dict[str, Any]) -> None:
    kind, command = neo4j["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert "cypher-shell" in command
    assert "RETURN" in command
    assert "$${NEO4J_AUTH#neo4j/}" in command  # by the environment: process lists do not show it
    assert api["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_data_and_memory_are_bounded(compose: dict[str, Any], neo4j: dict[str, Any]) -> None:
    assert "neo4j-data:/data" in neo4j["volumes"]
    assert "neo4j-data" in compose["volumes"]
    for service in compose["services"].values():
        assert service["mem_limit"] == service["memswap_limit"]
        assert service["cpus"]
        assert service["pids_limit"] > 0


def test_the_services_can_do_little(compose: dict[str, Any], api: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not {"cap_add", "privileged", "devices", "network_mode", "pid"} & set(service)
    assert api["environment"]["NEO4J_URI"] == "bolt://neo4j:7687"


def test_neo4j_writes_where_its_image_must(compose: dict[str, Any], neo4j: dict[str, Any]) -> None:
    """With a root file system that is read only; as its own user, who may not change owners."""
    assert neo4j["user"] == "7474:7474"
    volumes = dict(volume.split(":") for volume in neo4j["volumes"])
    assert set(volumes.values()) == {"/data", "/logs", "/var/lib/neo4j/conf"}
    assert set(volumes) == set(compose["volumes"])
    places = [place.split(":")[0] for place in neo4j["tmpfs"]]
    assert places == ["/tmp", "/var/lib/neo4j/run"]


def test_a_service_has_longer_to_end_than_its_requests(api: dict[str, Any]) -> None:
    assert int(api["stop_grace_period"].removesuffix("s")) > ServiceSettings().drain_seconds


def test_the_image_is_locked_and_runs_without_rights() -> None:
    installs = re.findall(r"pip install .*requirement.*", DOCKERFILE)
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE)
    assert "/health/ready" in re.search(r"^HEALTHCHECK .*\n.*$", last, re.MULTILINE)[0]  # type: ignore[index]
    assert 'CMD ["mscev", "up", "--host", "0.0.0.0", "--public-read"]' in last


def test_the_image_is_made_from_named_files_only() -> None:
    first, *rest = [
        line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    assert first == "*"
    allowed = {line.removeprefix("!").removesuffix("/*.txt") for line in rest if line.startswith("!")}
    copied = {
        word.rstrip("/").split("/")[0]
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for word in line.split()
    }
    assert copied == allowed
    assert all((ROOT / name).exists() for name in allowed)
