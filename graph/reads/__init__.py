"""The Cypher of readers: each function returns one statement whose record has one value named `value`."""
