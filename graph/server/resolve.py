"""Makes the list of jars anew: `python -m graph.server.resolve 2026.09.0 > graph/server/jars.tsv`.

jgo walks the POMs; each jar is then fetched once, checked against the repository's own SHA-1, and its SHA-256
is written down.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx
import jgo

from graph.server.home import Home
from graph.server.jarlist import Jar, render
from graph.server.jars import base_url
from schema.errors import DownloadFailed, ServerError

BROWSER: Final = "5.24.0"
# What the POMs name and our server never loads: test libraries in a compile scope, Parquet import, Windows'
# processes. Checked by running the server, `database import full` and `database dump` without.
UNUSED_GROUPS: Final = frozenset(
    {
        "blue.strategic.parquet",
        "junit",
        "net.bytebuddy",
        "org.apache.hadoop",
        "org.apache.parquet",
        "org.hamcrest",
        "org.mockito",
        "org.objenesis",
        "org.xerial.snappy",
    }
)
UNUSED_ARTIFACTS: Final = frozenset({"WMI4Java", "jPowerShell", "jProcesses", "scala-reflect"})

Coordinates = tuple[str, str, str, str]


def main(arguments: list[str] | None = None) -> int:
    """Print the list for one version of Neo4j."""
    parser = argparse.ArgumentParser(prog="python -m graph.server.resolve", description=__doc__)
    parser.add_argument("neo4j", help="version of Neo4j, such as 2026.09.0")
    parser.add_argument("--browser", default=BROWSER, help="version of Neo4j Browser (default: %(default)s)")
    options = parser.parse_args(arguments)
    base = base_url(Home.from_environ().mirror)
    found = coordinates(options.neo4j, options.browser, base)
    with (
        httpx.Client(base_url=base + "/", timeout=60, follow_redirects=True) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        jars = list(pool.map(lambda one: measure(one, client), found))
    sys.stdout.write(render(jars))
    return 0


def coordinates(neo4j: str, browser: str, base: str) -> list[Coordinates]:
    """Everything that the server, its HTTP part and Browser need at run time."""
    wanted = (
        f"org.neo4j:neo4j:{neo4j}",
        f"org.neo4j.app:neo4j-server:{neo4j}",
        f"org.neo4j.client:neo4j-browser:{browser}",
    )
    artifacts = jgo.resolve("+".join(wanted), repositories={"central": base})
    found = {(one.groupId, one.artifactId, one.version, one.classifier or "") for one in artifacts}
    names = (one for one in found if one[0] not in UNUSED_GROUPS and one[1] not in UNUSED_ARTIFACTS)
    return sorted(names, key=lambda one: (not one[0].startswith("org.neo4j"), one))


def measure(found: Coordinates, client: httpx.Client) -> Jar:
    """Fetch one jar to learn its size and SHA-256."""
    jar = Jar(*found, sha256="", size=0)
    content = _get(client, jar.remote_path)
    published = _get(client, jar.remote_path + ".sha1").split()[0].decode("ascii")
    if hashlib.sha1(content, usedforsecurity=False).hexdigest() != published:
        raise DownloadFailed(
            f"{jar.label} differs from the SHA-1 that its repository publishes.", jar=jar.label
        )
    return Jar(*found, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def _get(client: httpx.Client, path: str) -> bytes:
    try:
        return client.get(path).raise_for_status().content
    except httpx.HTTPError as error:
        raise ServerError(f"{path} could not be fetched: {error}", path=path) from error


if __name__ == "__main__":
    sys.exit(main())
