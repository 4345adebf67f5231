"""No name in an address, an archive or a file leads to a file that was not meant."""

from __future__ import annotations

import hashlib
import io
import json
import socket
import tarfile
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from graph.server import Home, restore
from schema.errors import InvalidSource
from tests.security.service import Guarded, guarded

SECRET = "not for anybody"
UP = ("../secret", "..%2fsecret", "%2e%2e/secret", "....//secret", "/etc/passwd", "%00secret", "..\\secret")


def _raw(service: Guarded, path: str) -> bytes:
    """Ask for a path as it is written: clients would tidy it up."""
    address = urlsplit(service.url)
    assert address.hostname
    assert address.port
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nhost: localhost\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_path_leads_to_no_file_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.graphql").write_text(f"# {SECRET}\n{{ __typename }}")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "known.graphql").write_text("{ graph { release } }")
    (tmp_path / "secret").write_text(SECRET)
    with guarded(tmp_path, graphql_documents=tmp_path / "documents") as service:
        for up in UP:
            for start in ("/static", "/static/docs", "/exports", "/views/named", "/review"):
                answer = _raw(service, f"{start}/{up}")
                assert SECRET.encode() not in answer
                assert b"root:" not in answer
                assert answer.split(maxsplit=2)[1] in {b"400", b"404", b"405", b"503"}, (start, up)
            document = httpx.get(f"{service.url}/graphql", params={"documentId": up}, timeout=60)
            assert document.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_FOUND"


def _archive(path: Path, name: str, *, link: str | None = None, listed: bool = True) -> Path:
    """Write an archive as `mscev db backup` does, with a file of this name or a link in it."""
    content = b"store"
    files = {name: [len(content), hashlib.sha256(content).hexdigest()]} if listed else {}
    manifest = json.dumps({"format": "mscev-backup-1", "neo4j": "2026.09.0", "files": files}).encode()
    with tarfile.open(path, "w:gz") as archive:
        head = tarfile.TarInfo("manifest.json")
        head.size = len(manifest)
        archive.addfile(head, io.BytesIO(manifest))
        member = tarfile.TarInfo(name)
        if link is not None:
            member.type, member.linkname = tarfile.SYMTYPE, link
            archive.addfile(member)
        else:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("name", "link", "listed"),
    [
        ("../outside", None, True),
        ("databases/neo4j/../../../outside", None, True),
        ("/outside", None, True),
        ("conf/neo4j.conf", None, True),
        ("databases/system/x", None, True),
        ("dbms/auth.ini", None, True),
        ("databases/neo4j/x", "/etc/passwd", True),
        ("databases/neo4j/x", None, False),
    ],
)
def test_an_archive_writes_nowhere_else(tmp_path: Path, name: str, link: str | None, listed: bool) -> None:
    home = Home(tmp_path / "house" / "home", Home.from_environ().cache)
    file = _archive(tmp_path / "graph.tar.gz", name, link=link, listed=listed)
    with pytest.raises(InvalidSource, match="does not belong there"):
        restore(home, file)
    assert not [path for path in tmp_path.rglob("*") if path.name == "outside"]
    assert not [path for path in home.root.rglob("*") if path.is_symlink() or path.name in {"x", "auth.ini"}]
