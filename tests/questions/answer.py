"""Stored answers: the rows, and how they were checked against the article."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.questions import Question

FOLDER = Path(__file__).parent / "answers"


@dataclass(frozen=True, slots=True)
class Answer:
    """`checked` says which places were read and what they say; 25.3 is paragraph 25, sentence 3."""

    checked: str
    columns: list[str]
    rows: list[list[Any]]


def answer_to(question: Question) -> Answer:
    """Return the stored answer."""
    return Answer(**json.loads(FOLDER.joinpath(f"{question.name}.json").read_text(encoding="utf-8")))
