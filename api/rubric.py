"""Our own answers to the questions of the KG-Registry's rubric for knowledge graphs.

The groups and keys are the registry's; questions and reasons are in our words. An answer is about the product
as it is, so whoever changes the product changes the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """How a question is answered; only YES counts in the registry's score."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Group(StrEnum):
    """The five groups of questions."""

    ACCESS = "access"
    PROVENANCE = "provenance"
    STANDARDS = "standards"
    VERSIONING = "versioning"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, our answer and why."""

    group: Group
    key: str
    question: str
    answer: Answer
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """Answers of a group, or of all."""

    group: str
    yes: int
    partly: int
    questions: int


_YES, _PARTLY, _NO = Answer.YES, Answer.PARTLY, Answer.NO
_A, _P, _S, _V, _E = Group

RUBRIC = (
    Question(
        _A,
        "access_otherthanKG",
        "Can the data be had without the graph database?",
        _YES,
        "claims, entities, places, citations and readings are JSON lines and tables beside the code",
    ),
    Question(
        _A,
        "api_or_online_access",
        "Is there an API or a page to ask it?",
        _PARTLY,
        "GraphQL, Cypher and commands on your own machine; no public instance",
    ),
    Question(
        _A,
        "multi_access_options",
        "Is there more than one way to it?",
        _YES,
        "GraphQL, Cypher, commands with JSON, pictures, data files",
    ),
    Question(
        _A,
        "sourcecode_available",
        "Is the source code open?",
        _PARTLY,
        "MIT, and whoever has the data has the code; no public address is named yet",
    ),
    Question(
        _A,
        "downloadable_KG",
        "Can the whole graph be taken away?",
        _YES,
        "as data files, as a backup of the database, and in eleven formats such as KGX, GraphML and Turtle",
    ),
    Question(
        _P,
        "source_list_provided",
        "Are all sources listed?",
        _YES,
        "the article as a source of its own, and every vocabulary with its licence",
    ),
    Question(
        _P,
        "source_versions_info",
        "Is the version of each source said?",
        _PARTLY,
        "at each identifier where it is known; some vocabularies have none",
    ),
    Question(
        _P,
        "import_dependancies",
        "Is it said what building it needs?",
        _YES,
        "Python packages and Neo4j's jars are pinned with checksums",
    ),
    Question(
        _P,
        "node_edge_sources",
        "Does each node and edge say where it is from?",
        _YES,
        "entities and relations carry their sources, identifiers and is-a steps too; checked by this audit",
    ),
    Question(
        _P,
        "edges_deduplication",
        "Are duplicate edges dealt with?",
        _YES,
        "one relation for each subject, predicate and object, with all its claims; duplicates are gates here",
    ),
    Question(
        _P,
        "triples_source_details",
        "Is it said how each kind of triple came about?",
        _YES,
        "each claim has place, hash of its sentence, markers and two readings",
    ),
    Question(
        _P,
        "edge_type_schema",
        "Are the kinds of edges described?",
        _YES,
        "each predicate with its direction, the kinds it joins and its Biolink mapping",
    ),
    Question(
        _S,
        "bio_usable_data",
        "Can biologists use it as it is?",
        _YES,
        "names of the field, public identifiers, one line for each claim in plain words",
    ),
    Question(
        _S,
        "resolvable_ids",
        "Do identifiers lead somewhere?",
        _PARTLY,
        "public ones have an address; entities that no vocabulary holds have local ids without one",
    ),
    Question(
        _S,
        "construction_docs",
        "Is it written down how it is built?",
        _YES,
        "rules of curation, resolution of citations and decisions are documents",
    ),
    Question(
        _S,
        "transform_docs",
        "Is it written down what was changed or left out?",
        _YES,
        "each claim that a second reading changed or dropped is listed with the reason",
    ),
    Question(
        _S,
        "schema_used",
        "Does it follow a schema?",
        _YES,
        "one described schema, mapped to Biolink, from which checks and types are derived",
    ),
    Question(
        _V,
        "stable_versions",
        "Are there stable versions?",
        _PARTLY,
        "each state has a hash of its content; no version is released yet",
    ),
    Question(
        _V,
        "public_tracker",
        "Is there a public place for problems?",
        _NO,
        "no public tracker; how to dispute a claim is written down",
    ),
    Question(
        _V,
        "kg_contact_info",
        "Is somebody named to write to?",
        _NO,
        "authors are named as a group, without an address",
    ),
    Question(_V, "updated_annually", "Is it renewed each year?", _NO, "too young; nothing is promised"),
    Question(_V, "prior_versions_access", "Can older versions be had?", _NO, "there is none yet"),
    Question(
        _E,
        "use_case_provided",
        "Is a use shown?",
        _YES,
        "questions with their answers in the documents, run by tests",
    ),
    Question(
        _E,
        "eval_against_others",
        "Is it compared with others?",
        _NO,
        "its content with no other graph; only speed is measured",
    ),
    Question(
        _E,
        "defined_scope",
        "Is its scope said?",
        _YES,
        "what one article says of vesicles from mesenchymal stem cells, and nothing else",
    ),
    Question(
        _E,
        "multi_eval_methods",
        "Is it examined in more than one way?",
        _YES,
        "two readings of each claim, places verified by hash, identifiers checked, gates of this audit",
    ),
    Question(
        _E,
        "accuracy_metrics",
        "Are there figures of accuracy?",
        _PARTLY,
        "confidence of each citation and where readings differed; nobody outside has measured the claims",
    ),
)


def scores() -> tuple[Score, ...]:
    """Return the score of each group, then that of all."""
    groups = [(group.value, [q for q in RUBRIC if q.group is group]) for group in Group]
    groups.append(("all", list(RUBRIC)))
    return tuple(
        Score(
            name,
            sum(q.answer is Answer.YES for q in questions),
            sum(q.answer is Answer.PARTLY for q in questions),
            len(questions),
        )
        for name, questions in groups
    )
