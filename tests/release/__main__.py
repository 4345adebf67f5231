"""`make release`: check, then build wheel and source archive with their checksums; nothing is sent."""

from __future__ import annotations

import sys

from tests.release.build import build, sums
from tests.release.check import ROOT, complaints

FOLDER = ROOT / "dist"


def main() -> int:
    """Return 1 and build nothing where something does not agree."""
    found = list(complaints(ROOT))
    if found:
        sys.stderr.write("".join(f"{line}\n" for line in found))
        return 1
    text = sums(build(ROOT, FOLDER))
    (FOLDER / "SHA256SUMS").write_text(text, encoding="ascii")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
