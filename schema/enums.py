"""The closed lists of values that records, GraphQL and exports share; each member has a description."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Described(StrEnum):
    """A string enum whose members carry a description: `NAME = "NAME", "what it means"`."""

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Keep the description beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


class Direction(Described):
    """The sign of a predicate; absent where the predicate has none."""

    INCREASED = "INCREASED", "the object goes up: more of it, or more active"
    DECREASED = "DECREASED", "the object goes down: less of it, or less active"


class Certainty(Described):
    """How firmly the source says it."""

    ASSERTED = "ASSERTED", "said as a fact"
    HEDGED = "HEDGED", "said with a reservation: may, potentially, suggests, in part"
    HYPOTHETICAL = "HYPOTHETICAL", "said as a hope, a plan or a condition; never becomes a relation"


class EvidenceLevel(Described):
    """The kind of evidence, as the article states it."""

    CLINICAL = "CLINICAL", "a study in patients that has reported"
    PRECLINICAL = "PRECLINICAL", "cells, tissue or animals"
    ONGOING_TRIAL = "ONGOING_TRIAL", "a trial that has not reported"
    REVIEW_STATEMENT = "REVIEW_STATEMENT", "the review says it without naming the kind of study"
    NOT_STATED = "NOT_STATED", "a graph says it, and not on what it rests"


class ClaimStatus(Described):
    """Who stands behind the claim."""

    CURATED = "CURATED", "read and kept by curators"
    PROPOSED = "PROPOSED", "found by a rule, not yet reviewed; hidden unless asked for"


class CitationStatus(Described):
    """Whether an in-text marker leads to a printed reference."""

    RESOLVED = "RESOLVED", "leads to one printed reference"
    UNRESOLVED = "UNRESOLVED", "no printed reference fits; the note says why"


class CitationConcern(Described):
    """Why a cited paper may not support the sentence as it is written."""

    CELLS_NOT_VESICLES = "CELLS_NOT_VESICLES", "the paper is about cells, the sentence about vesicles"
    PHASE_DIFFERS = "PHASE_DIFFERS", "the trial's phase or design is not the one that the sentence states"
    OTHER_CONDITION = "OTHER_CONDITION", "the paper is about another disease, tissue or model"
    NOT_PRIMARY = "NOT_PRIMARY", "a review, not the study itself"
    ERRATUM = "ERRATUM", "the paper has a published erratum"
    RETRACTED = "RETRACTED", "the paper was retracted"
    OTHER = "OTHER", "another concern; the note says which"


class MappingMatch(Described):
    """How a public identifier relates to the entity (SKOS)."""

    EXACT = "EXACT", "the same thing (skos:exactMatch)"
    CLOSE = "CLOSE", "nearly the same (skos:closeMatch)"
    BROAD = "BROAD", "the identifier is wider (skos:broadMatch)"
    NARROW = "NARROW", "the identifier is narrower (skos:narrowMatch)"


class ContextRole(Described):
    """The part that an entity plays in the setting of a claim."""

    DISEASE = "disease", "the disease in which it holds"
    ANATOMY = "anatomy", "the organ or tissue"
    COMPARTMENT = "compartment", "the fluid or cell part, such as tear fluid"
    CELL_SOURCE = "cellSource", "the source of the cells or vesicles"
    TARGET_CELL = "targetCell", "the cell that is acted on"
    ROUTE = "route", "the route of administration"
    POPULATION = "population", "who was studied"
    MODEL = "model", "the experimental model"
    COMPARATOR = "comparator", "what the subject is compared with"
    PHASE = "phase", "the phase of the trial"


class OperationalClass(Described):
    """MISEV2023 operational terms by size."""

    SMALL_EV = "SMALL_EV", "smaller than 200 nm"
    LARGE_EV = "LARGE_EV", "larger than 200 nm"


class KnowledgeLevel(Described):
    """Biolink knowledge level."""

    KNOWLEDGE_ASSERTION = "knowledge_assertion", "stated as knowledge in the source"
    LOGICAL_ENTAILMENT = "logical_entailment", "follows by logic from other statements"
    PREDICTION = "prediction", "predicted"
    STATISTICAL_ASSOCIATION = "statistical_association", "a statistical association in data"
    TEXT_CO_OCCURRENCE = "text_co_occurrence", "named together in text"
    OBSERVATION = "observation", "observed"
    NOT_PROVIDED = "not_provided", "not said by the source"


class AgentType(Described):
    """Biolink agent type: who made the statement."""

    MANUAL_AGENT = "manual_agent", "a person"
    AUTOMATED_AGENT = "automated_agent", "a program"
    DATA_ANALYSIS_PIPELINE = "data_analysis_pipeline", "an analysis pipeline"
    COMPUTATIONAL_MODEL = "computational_model", "a computational model"
    TEXT_MINING_AGENT = "text_mining_agent", "a text-mining program"
    IMAGE_PROCESSING_AGENT = "image_processing_agent", "an image-processing program"
    MANUAL_VALIDATION = "manual_validation_of_automated_agent", "a person who checked a program"
    NOT_PROVIDED = "not_provided", "not said by the source"


class ClaimRelation(Described):
    """How one claim relates to another."""

    AGREES = "AGREES", "same subject and object, same direction and polarity"
    OPPOSES = "OPPOSES", "same subject and object, opposite direction or polarity"
    EXPLAINS = (
        "EXPLAINS",
        "names a step of the mechanism through which the claim's subject acts on its object",
    )
