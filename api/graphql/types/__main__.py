"""Print the schema that the types declare: `python -m api.graphql.types > api/graphql/schema.graphql`."""

from __future__ import annotations

import sys

from api.graphql.types.schema import declared_sdl

sys.stdout.write(declared_sdl())
