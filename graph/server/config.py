"""neo4j.conf and the flags of the JVM, both made from frozen values."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

HOST: Final = "127.0.0.1"
USER: Final = "neo4j"
HASH_ROUNDS: Final = 1024


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the server listens, always on loopback."""

    bolt: int
    http: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may change; sizes in MiB, fit for a laptop with 8 GB."""

    heap: int = 448
    page_cache: int = 64
    transaction_memory: int = 192
    transaction_seconds: int = 120
    # Neo4j keeps plans by number, not by size. A thousand of them (its default) fill a small heap, and then
    # every statement waits for the collector; with fewer than there are statements in use, each is planned
    # anew, at a second of processor time.
    plans: int = 250


LAPTOP: Final = Settings()
# For a store that nobody else uses yet: its indexes are made in one go, however long that takes.
BUILDING: Final = Settings(heap=1024, page_cache=512, transaction_memory=512, transaction_seconds=0)

FIXED: Final = {
    # one machine, one owner
    "server.default_listen_address": HOST,
    "server.default_advertised_address": HOST,
    "server.https.enabled": "false",
    "dbms.security.auth_enabled": "true",
    "server.fleet_discovery.enabled": "false",  # it would broadcast on the local network
    "dbms.fleet_manager.enabled": "false",
    "server.http.x_forward.enabled": "false",
    "server.http_enabled_modules": "BROWSER,QUERY_API_ENDPOINTS",
    "server.http_enabled_transports": "HTTP1_1",
    # a connection on which nothing was heard for twice this time is dead to drivers; a minute by default
    "server.bolt.connection_keep_alive": "10s",
    "server.bolt.connection_keep_alive_for_requests": "ALL",
    # three wrong passwords of anybody on this machine would lock us out; ours cannot be guessed
    "dbms.security.auth_max_failed_attempts": "0",
    # nothing is reported to anybody
    "client.allow_telemetry": "false",
    "dbms.usage_report.enabled": "false",
    "server.bolt.telemetry.enabled": "false",
    # Cypher reads no files and no addresses
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    # small disks and short stops
    "db.logs.query.enabled": "OFF",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "32m",
    "db.tx_log.rotation.retention_policy": "64M size",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    "internal.dbms.bolt.netty_server_shutdown_timeout": "2s",
}


def neo4j_conf(ports: Ports, settings: Settings) -> str:
    """The text of neo4j.conf."""
    values = {
        **FIXED,
        "server.bolt.listen_address": f"{HOST}:{ports.bolt}",
        "server.bolt.advertised_address": f"{HOST}:{ports.bolt}",  # else Browser is told 7687
        "server.http.listen_address": f"{HOST}:{ports.http}",
        "server.http.advertised_address": f"{HOST}:{ports.http}",
        "server.memory.pagecache.size": f"{settings.page_cache}m",
        "dbms.memory.transaction.total.max": f"{settings.transaction_memory * 3 // 2}m",
        "server.memory.query_cache.per_db_cache_num_entries": str(settings.plans),
        "db.memory.transaction.max": f"{settings.transaction_memory}m",
        "db.transaction.timeout": f"{settings.transaction_seconds}s",
    }
    lines = ["# Written by mscev at each start: changes are lost."]
    lines += [f"{name}={value}" for name, value in values.items()]
    return "\n".join(lines) + "\n"


def jvm_flags(settings: Settings) -> tuple[str, ...]:
    """Flags that shape memory; an AOT cache is only valid under the same ones."""
    return (
        "-Xms64m",
        f"-Xmx{settings.heap}m",
        "-XX:+UseSerialGC",
        "-XX:MaxDirectMemorySize=64m",
        "-XX:ReservedCodeCacheSize=96m",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        "-Dio.netty.allocator.numDirectArenas=1",
        "-Dio.netty.allocator.numHeapArenas=1",
    )


def auth_ini(password: str) -> str:
    """What `neo4j-admin dbms set-initial-password` writes to data/dbms/auth.ini, unseen by process lists."""
    salt = secrets.token_bytes(32)
    digest = salt + password.encode("utf-8")
    for _ in range(HASH_ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{HASH_ROUNDS}:\n"
