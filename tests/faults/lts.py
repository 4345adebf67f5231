"""Neo4j 5.26 LTS from a checked list of its own, as somebody else's server: not started by mscev.

The list is made by `python -m graph.server.resolve 5.26.N > tests/faults/jars-5.26.tsv`.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from graph.server import Home, jarlist, jars, java, probe
from graph.server.config import HOST, USER, auth_ini
from graph.server.install import Runtime
from graph.server.process import environment, free_port
from graph.target import Target

LIST: Final = Path(__file__).parent / "jars-5.26.tsv"
MAIN: Final = "org.neo4j.server.CommunityEntryPoint"
PASSWORD: Final = "of-somebody-else"
STARTED_SECONDS: Final = 180.0
CONF: Final = """
server.default_listen_address={host}
server.bolt.listen_address={host}:{bolt}
server.bolt.advertised_address={host}:{bolt}
server.http.listen_address={host}:{http}
server.https.enabled=false
client.allow_telemetry=false
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
server.memory.pagecache.size=64m
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.dbms.bolt.netty_server_shutdown_timeout=2
"""


def version() -> str:
    """The version that the list installs."""
    return jarlist.neo4j_version(_listed())


@contextmanager
def running(folder: Path) -> Iterator[Target]:
    """Fetch what is missing, and run it for as long as the block lasts."""
    home = Home.from_environ()
    found = java.find()
    paths = jars.ensure(_listed(), home.cache / "jars", mirror=home.mirror)
    runtime = Runtime(version(), found, paths, home.cache / "aot")
    bolt, http = free_port(), free_port()
    for name in ("conf", "data/dbms", "logs", "run"):
        (folder / name).mkdir(parents=True)
    conf = CONF.format(host=HOST, bolt=bolt, http=http)
    (folder / "conf" / "neo4j.conf").write_text(conf, encoding="utf-8")
    (folder / "data" / "dbms" / "auth.ini").write_text(auth_ini(PASSWORD), encoding="utf-8")
    arguments = [f"--home-dir={folder}", f"--config-dir={folder / 'conf'}", "--console-mode"]
    with (folder / "logs" / "console.log").open("wb") as said:
        process = subprocess.Popen(
            [str(found.path), "-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", MAIN, *arguments],
            env=environment(runtime),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + STARTED_SECONDS
        while not (probe.listens(bolt) and probe.answers(bolt, PASSWORD)):
            log = (folder / "logs" / "console.log").read_text(encoding="utf-8")
            assert process.poll() is None, log
            assert time.monotonic() < deadline, log
            time.sleep(0.2)
        yield Target(f"bolt://{HOST}:{bolt}", USER, PASSWORD, http_uri=f"http://{HOST}:{http}")
    finally:
        process.kill()
        process.wait(60)


def _listed() -> tuple[jarlist.Jar, ...]:
    return jarlist.parse(LIST.read_text(encoding="utf-8").splitlines())
