"""What the stored graph holds beside kinds and predicates: labels, relationship types and their properties.

The names are those of the records; a property without a value is absent. `graph/` derives from it what is
constrained and indexed, and the audit what is foreign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schema.enums import (
    AgentType,
    Certainty,
    CitationConcern,
    CitationStatus,
    ClaimStatus,
    ContextRole,
    Direction,
    EvidenceLevel,
    KnowledgeLevel,
    MappingMatch,
)
from schema.kinds import COMMON, Property

ENTITY = "Entity"
_CODE_POINTS = "code points"


@dataclass(frozen=True, slots=True)
class Label:
    """One label of nodes; all have a unique `id` among their properties."""

    name: str
    description: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship type that is no predicate; `ends` are pairs of labels."""

    name: str
    ends: tuple[tuple[str, str], ...]
    description: str
    properties: tuple[Property, ...] = ()


def _id(example: str) -> Property:
    return Property("id", str, "Unique among the nodes of the label.", example, required=True)


def _article(description: str = "The article's id.") -> Property:
    return Property("article", str, description, "mscev.article:msc-ev", required=True)


_SOURCES = Property(
    "sources", str, "Ids of the sources that say it.", "mscev.article:msc-ev", many=True, required=True
)
_VARIANTS = (
    Property(
        "variants",
        str,
        "Where its sources differ: what they say, as JSON, each different text once.",
        '{"mappings":{},"properties":{"name":"IL-6"}}',
        many=True,
    ),
    Property(
        "variantOf", int, "For each of its sources, which of the variants it says, from 0.", 0, many=True
    ),
)
_PLACE = Property("place", str, "Sorts in the order of the text.", "msc-ev/00039.002", required=True)
_LEVEL = Property(
    "knowledgeLevel", KnowledgeLevel, "Biolink knowledge level.", "knowledge_assertion", required=True
)
_AGENT = Property("agentType", AgentType, "Biolink agent type.", "manual_agent", required=True)
_SPANS = (
    Property("starts", int, "Where its spans begin.", 1024, unit=_CODE_POINTS, many=True, required=True),
    Property(
        "ends",
        int,
        "Where they end; the end itself is outside.",
        1189,
        unit=_CODE_POINTS,
        many=True,
        required=True,
    ),
)
_VERSION = Property("version", str, "The release that was read.", "2026-05-05")
_TITLE = Property(
    "title", str, "Its title.", "Mesenchymal Stem Cell Derived Extracellular Vesicles", required=True
)
_PRINTED_NUMBER = Property("printedNumber", int, "The number that is printed.", 19)
_NOTE = Property("note", str, "Why, in our own words.", "a trial of cells")

LABELS: tuple[Label, ...] = (
    Label(
        ENTITY,
        "Something that claims speak of; it has the label of its kind too.",
        (
            _id("MONDO:0005178"),
            Property("kind", str, "The name of its kind.", "Disease", required=True),
            *COMMON,
            _SOURCES,
            *_VARIANTS,
        ),
    ),
    Label(
        "Claim",
        "What one source says in one place: subject, predicate, object, and the setting in which it holds.",
        (
            _id("mscev.claim:00a3c1e5f0b7d2946c8e1f3a5b7d9c02"),
            Property(
                "statement",
                str,
                "What it says, in one line of our own words.",
                "MSC-EVs lower interleukin-6.",
                required=True,
            ),
            Property("predicate", str, "The name of its predicate.", "DECREASES", required=True),
            Property("direction", Direction, "The predicate's sign.", "DECREASED"),
            Property("negated", bool, "Whether the source says that it does not hold.", False, required=True),
            Property("certainty", Certainty, "How firmly it is said.", "HEDGED", required=True),
            Property("evidenceLevel", EvidenceLevel, "The kind of evidence.", "PRECLINICAL", required=True),
            Property("status", ClaimStatus, "Who stands behind it.", "CURATED", required=True),
            Property("extent", str, "How much, as the source states it.", "significantly"),
            Property("dose", str, "How much was given, as the source states it.", "two doses"),
            Property("cited", bool, "Whether the source cites anything for it.", True, required=True),
            _article("The id of the article that says it."),
            _PLACE,
            Property(
                "sentenceSha256", str, "SHA-256 of the sentence that was read.", "9f86d081…", required=True
            ),
            Property(
                "makesRelation",
                bool,
                "Whether it holds without its qualifiers, and so has a relation.",
                True,
                required=True,
            ),
            Property("primaryKnowledgeSource", str, "Who made the claim.", "infores:mscev", required=True),
            _LEVEL,
            _AGENT,
            Property("rule", str, "The mining rule that proposed it.", "passive-trigger"),
            Property("score", float, "How far the rule is to be trusted, from 0 to 1.", 0.85, unit="1"),
            Property("reviewer", str, "Who accepted the proposal, by ORCID.", "orcid:0000-0002-1825-0097"),
        ),
    ),
    Label(
        "Article",
        "One article.",
        (
            _id("mscev.article:msc-ev"),
            _TITLE,
            Property("authors", str, "Its authors, in order.", "S. Vandersluis", many=True, required=True),
            Property("articleType", str, "What sort of article it is.", "trade-style review"),
            Property("interests", str, "What is known of its authors' interests.", "none declared"),
            Property("sha256", str, "SHA-256 of the loaded file; absent where none was.", "9f86d081…"),
        ),
    ),
    Label(
        "Section",
        "A heading and what stands under it.",
        (
            _id("mscev.section:msc-ev/31"),
            _article(),
            Property("block", int, "The block of the heading; 0 before any.", 31, required=True),
            Property("title", str, "The heading.", "Osteoarthritis", required=True),
            Property("level", int, "1 for the highest.", 2, required=True),
        ),
    ),
    Label(
        "Sentence",
        "A place in an article. The text itself is not shipped.",
        (
            _id("mscev.sentence:msc-ev/39.2"),
            _article(),
            Property("block", int, "The block (paragraph) of the file, from 1.", 39, required=True),
            Property("sentence", int, "The sentence inside the block, from 1.", 2, required=True),
            _PLACE,
            Property("page", int, "The printed page.", 7),
            *_SPANS,
            Property("sha256", str, "SHA-256 of the sentence.", "9f86d081…", required=True),
            Property("verified", bool, "Whether a loaded copy holds it here.", False, required=True),
            Property("quote", str, "The sentence; only with a copy of the article.", "…"),
        ),
    ),
    Label(
        "Reference",
        "One printed entry of an article's list.",
        (
            _id("mscev.ref:msc-ev/19"),
            _article(),
            Property("position", int, "Its place in the list, from 1.", 19, required=True),
            _PRINTED_NUMBER,
            Property("title", str, "The paper's title.", "Mesenchymal stromal cell therapy …"),
            Property("authors", str, "The paper's authors, in order.", "Doe J", many=True, required=True),
            Property("journal", str, "The journal.", "Nat Rev Mol Cell Biol"),
            Property("year", int, "The year of publication.", 2024),
            Property("volume", str, "The volume.", "25"),
            Property("pages", str, "Pages or the article's number.", "958-978"),
            Property("doi", str, "The DOI, without a prefix.", "10.1038/s41580-024-00727-x"),
            Property("pmid", str, "The PubMed id, without a prefix.", "38654098"),
            Property("pmcid", str, "The PubMed Central id.", "PMC1234567"),
            Property("erratum", str, "A published erratum.", "10.1000/xyz"),
            Property("text", str, "As printed; only with a copy of the article.", "…"),
        ),
    ),
    Label(
        "Citation",
        "One in-text marker and where it leads.",
        (
            _id("mscev.citation:msc-ev/36"),
            _article(),
            Property("label", str, "The marker as written.", "36", required=True),
            Property("marker", int, "The marker as a number.", 36),
            Property(
                "status",
                CitationStatus,
                "Whether it leads to a printed reference.",
                "RESOLVED",
                required=True,
            ),
            Property("basis", str, "By what it was resolved.", "by content and order", required=True),
            Property(
                "confidence", float, "Confidence in the link, from 0 to 1.", 0.9, unit="1", required=True
            ),
            _NOTE,
        ),
    ),
    Label(
        "Term",
        "A public identifier.",
        (_id("HGNC:6018"), Property("label", str, "Its name there.", "IL6")),
    ),
    Label(
        "Source",
        "What was loaded.",
        (
            _id("mscev.article:msc-ev"),
            _TITLE,
            _VERSION,
            Property("licence", str, "On which terms it is shared.", "CC-BY-4.0"),
            Property("url", str, "Where it is from.", "https://example.org"),
            Property("release", str, "Hash of what it gave.", "655ffec1…", required=True),
        ),
    ),
    Label(
        "Load",
        "A load or removal of a big source that is under way or was interrupted; gone when it is done.",
        (
            _id("kegg-medicus"),
            Property("state", str, "LOADING or REMOVING.", "LOADING", required=True),
            Property("startedAt", datetime, "When it began.", "2026-09-01T12:00:00Z", required=True),
            Property("input", str, "What tells the loaded files from others.", "9f86d081…"),
            Property("size", int, "Records in a part.", 20_000),
        ),
    ),
    Label(
        "LoadPart",
        "A part of such a load that is written.",
        (
            _id("kegg-medicus 3.0"),
            Property("load", str, "The id of the load.", "kegg-medicus", required=True),
            Property("records", int, "How many records it holds.", "5000"),
        ),
    ),
    Label(
        "Release",
        "The state of the graph; there is one.",
        (
            _id("graph"),
            Property("hash", str, "Hash of all entities, relations and claims.", "655ffec1…", required=True),
            Property("generation", int, "Raised by every write.", 1, required=True),
            Property("builtAt", datetime, "When the hash came to be.", "2026-09-01T12:00:00Z", required=True),
        ),
    ),
)


def label_named(name: str) -> Label:
    """Return the label of this name."""
    return next(label for label in LABELS if label.name == name)


LINKS: tuple[Link, ...] = (
    Link("SUBJECT", (("Claim", ENTITY),), "Of what the claim speaks; exactly one."),
    Link("OBJECT", (("Claim", ENTITY),), "What it says it of; exactly one."),
    Link("VIA", (("Claim", ENTITY),), "What the subject acts through."),
    Link(
        "CONTEXT",
        (("Claim", ENTITY),),
        "The setting in which the claim holds.",
        (Property("role", ContextRole, "The part of the setting.", "disease", required=True),),
    ),
    Link("STATED_IN", (("Claim", "Sentence"),), "The sentence that says it."),
    Link("PART_OF", (("Sentence", "Section"), ("Section", "Article")), "Where it stands."),
    Link("MENTIONED_IN", ((ENTITY, "Sentence"),), "That the sentence names it.", _SPANS),
    Link(
        "CITES",
        (("Claim", "Citation"),),
        "The marker on which the claim rests.",
        (
            Property(
                "concerns",
                CitationConcern,
                "What is known against the paper, for this claim.",
                "NOT_PRIMARY",
                many=True,
                required=True,
            ),
            _NOTE,
        ),
    ),
    Link("RESOLVED_TO", (("Citation", "Reference"),), "The printed reference to which the marker leads."),
    Link("MAY_BE", (("Citation", "Reference"),), "Another reference that the marker may mean."),
    Link(
        "LISTS",
        (("Article", "Reference"),),
        "The printed list.",
        (
            Property("position", int, "The place in the list, from 1.", 19, required=True),
            _PRINTED_NUMBER,
        ),
    ),
    Link("IN", (("Citation", "Article"),), "The article in which the marker stands."),
    Link(
        "IS_A",
        ((ENTITY, ENTITY),),
        "A step of an ontology; no claim of the article.",
        (Property("source", str, "The ontology.", "MONDO", required=True), _VERSION, _SOURCES, *_VARIANTS),
    ),
    Link(
        "MAPPED_TO",
        ((ENTITY, "Term"),),
        "A public identifier, and how well it fits.",
        (
            Property("match", MappingMatch, "How well it fits.", "EXACT", required=True),
            Property("source", str, "Where that was checked.", "HGNC", required=True),
            _VERSION,
            Property("label", str, "Its name there, as the source has it.", "IL6"),
        ),
    ),
)

RELATION: tuple[Property, ...] = (
    Property(
        "id",
        str,
        "The same on every machine.",
        "mscev.relation:127322ab02a8bee49e7e2ea8f8ad860a",
        required=True,
    ),
    Property("direction", Direction, "The predicate's sign.", "DECREASED"),
    Property(
        "claimIds",
        str,
        "Ids of the claims that make it, in the order of the text.",
        "mscev.claim:00a3…",
        many=True,
    ),
    _SOURCES,
    Property("publications", str, "Papers that its claims rest on.", "PMID:38654098", many=True),
    _LEVEL,
    _AGENT,
    Property(
        "originalPredicate",
        str,
        "What the foreign graph calls it, where its type does not say that.",
        "ex:tastes_like",
    ),
)
