"""Where the managed Neo4j keeps its things; every other module is given a `Home`.

MSCEV_HOME/neo4j/{conf,data,logs,run}     the server's own directories
MSCEV_HOME/password                       of the user `neo4j`, mode 0600, survives `db reset`
MSCEV_HOME/state.json                     pid and ports of the last start
MSCEV_HOME/{start,users}.lock, keep       who starts, who uses, and `db start`'s wish to stay
MSCEV_HOME/swap                           a new store is taking the place of the old one
MSCEV_CACHE/{jars,aot}                    downloads, shared by all homes
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "mscev"


@dataclass(frozen=True, slots=True)
class Home:
    """The directories of one installation and the Maven mirror, if one is set."""

    root: Path
    cache: Path
    mirror: str | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Home:
        """Read MSCEV_HOME, MSCEV_CACHE and MSCEV_MAVEN_MIRROR; what is unset gets the platform's default."""
        env = os.environ if environ is None else environ
        root = env.get("MSCEV_HOME") or platformdirs.user_data_dir(APP, appauthor=False)
        cache = env.get("MSCEV_CACHE") or platformdirs.user_cache_dir(APP, appauthor=False)
        return cls(_absolute(root), _absolute(cache), env.get("MSCEV_MAVEN_MIRROR") or None)

    @property
    def neo4j(self) -> Path:
        """Neo4j's home directory; it also marks our processes (`--home-dir=`)."""
        return self.root / "neo4j"

    @property
    def conf(self) -> Path:
        """Directory of neo4j.conf, written anew at each start."""
        return self.neo4j / "conf"

    @property
    def data(self) -> Path:
        """The store; nothing of ours is in it."""
        return self.neo4j / "data"

    @property
    def logs(self) -> Path:
        """Neo4j's log files and what the JVM prints (console.log)."""
        return self.neo4j / "logs"

    @property
    def run(self) -> Path:
        """Files of the running process."""
        return self.neo4j / "run"

    @property
    def console_log(self) -> Path:
        """What the JVM of the last start printed."""
        return self.logs / "console.log"

    @property
    def debug_log(self) -> Path:
        """What Neo4j of the last start wrote for its makers."""
        return self.logs / "debug.log"

    @property
    def password_file(self) -> Path:
        """The only place where the password is kept in the clear."""
        return self.root / "password"

    @property
    def state_file(self) -> Path:
        """Pid and ports of the last start."""
        return self.root / "state.json"

    @property
    def start_lock(self) -> Path:
        """Held alone by whoever starts, stops, backs up or restores."""
        return self.root / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Held in shared mode by every user of the server."""
        return self.root / "users.lock"

    @property
    def keep_marker(self) -> Path:
        """There when the last user out leaves the server running."""
        return self.root / "keep"

    @property
    def swap_note(self) -> Path:
        """There while a new store takes the place of the old one."""
        return self.root / "swap"

    def prepare(self) -> None:
        """Make the directories; the root is for its owner only."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for directory in (self.conf, self.data, self.logs, self.run):
            directory.mkdir(parents=True, exist_ok=True)


def password(home: Home) -> str:
    """The password of this home, made at the first call."""
    try:
        return home.password_file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        home.prepare()
    made = secrets.token_urlsafe(24)
    write_private(home.password_file, made + "\n")
    return made


def write_private(path: Path, text: str) -> None:
    """Replace a file by one that was never readable by others, in one step."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()
