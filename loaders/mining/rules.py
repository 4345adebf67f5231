"""The rules that propose claims, one row each: what it reads, an example, and how far it is to be trusted.

Scores are the precision that a rule is expected to have on text of the field, rounded to steps of 0.05; they
order proposals for a reviewer and are no probability.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `reads` says what it looks for, `example` is a sentence that it reads."""

    name: str
    reads: str
    example: str
    score: float


RULES: tuple[Rule, ...] = (
    Rule(
        "active-verb",
        "subject, verb of one of the senses, object, in one clause",
        "MSC-EVs decreased IL-6.",
        0.9,
    ),
    Rule(
        "passive-verb",
        "object, passive verb, 'by', subject",
        "IL-6 was lowered by MSC-EVs.",
        0.9,
    ),
    Rule(
        "shared-agent",
        "two passive verbs joined by 'and' of which the last names the subject of both",
        "IL-6 was lowered and IL-10 was raised by MSC-EVs.",
        0.8,
    ),
    Rule(
        "joined-verb",
        "a further verb after 'and' or 'or', of the subject before",
        "MSC-EVs decreased IL-6 and promoted angiogenesis.",
        0.85,
    ),
    Rule(
        "relative-clause",
        "'which' or 'that' with a verb, of the mention right before",
        "BM-MSC-EVs carry miR-21, which inhibits PTEN.",
        0.85,
    ),
    Rule(
        "by-doing",
        "'by' or 'thereby' with a verb in -ing, of the subject of the clause",
        "MSC-EVs promote angiogenesis by activating AKT signalling.",
        0.8,
    ),
    Rule(
        "participle",
        "a verb in -ing right behind a mention, or a participle with 'by' behind it",
        "extracellular vesicles containing miR-21; synovitis induced by TNF",
        0.8,
    ),
    Rule(
        "infinitive",
        "a mention that is made to do something",
        "TNF stimulates macrophages to secrete IL-6.",
        0.75,
    ),
    Rule(
        "no-effect",
        "'no effect on', 'no change in': the claim is negated",
        "MSC-EVs had no effect on body weight.",
        0.85,
    ),
    Rule(
        "noun-of-by",
        "a noun of one of the senses with 'of' and 'by'",
        "inhibition of NLRP3 by miR-21",
        0.85,
    ),
    Rule(
        "led-to-change",
        "'led to', 'resulted in', 'showed', 'caused' with a noun of one of the senses",
        "MSC-EVs led to a reduction in IL-6.",
        0.8,
    ),
    Rule(
        "induced-by-compound",
        "'X-induced Y', 'X-stimulated Y'",
        "TNF-induced apoptosis",
        0.85,
    ),
    Rule(
        "mediated-change",
        "'X-mediated' with a noun of one of the senses and 'of'",
        "miR-21-mediated inhibition of PTEN",
        0.85,
    ),
    Rule(
        "filled-with",
        "vesicles 'enriched in', 'rich in', 'loaded with' something; something 'carried in' them",
        "exosomes enriched in miR-21",
        0.9,
    ),
    Rule(
        "taken-from",
        "vesicles or cells 'derived', 'isolated', 'obtained' from their source",
        "exosomes isolated from bone marrow MSCs",
        0.9,
    ),
    Rule(
        "vesicles-of-cells",
        "vesicles 'from' or 'of' cells",
        "exosomes from astrocytes",
        0.85,
    ),
    Rule(
        "route-of",
        "a route 'of' or 'with' what is given",
        "intravenous injection of MSC-EVs",
        0.9,
    ),
    Rule(
        "given-by-route",
        "what is 'given', 'administered', 'injected' and the route",
        "MSC-EVs were given intravenously.",
        0.85,
    ),
    Rule(
        "treatment-for",
        "a remedy 'for', 'as a treatment of', 'to treat', 'in patients with' a condition",
        "MSC-EVs were investigated as a treatment for osteoarthritis.",
        0.8,
    ),
    Rule(
        "tested-in",
        "a remedy and the study that tests it, in one clause",
        "A phase 1 trial is testing MSC-EVs.",
        0.8,
    ),
    Rule(
        "used-in",
        "a remedy 'for' or 'in' a therapy, with a word such as 'used', 'promising', 'tool'",
        "MSCs are promising cells for regenerative medicine.",
        0.7,
    ),
    Rule(
        "plays-a-role",
        "'plays a role in', 'is essential for'",
        "Macrophages play a key role in inflammation.",
        0.8,
    ),
    Rule(
        "goes-with",
        "'associated with', 'correlated with', 'linked to'",
        "IL-6 is associated with osteoarthritis.",
        0.75,
    ),
    Rule(
        "is-a",
        "'is a' between two of one kind",
        "Osteoarthritis is a chronic disease.",
        0.7,
    ),
    Rule(
        "shows",
        "a disease 'characterised by', 'marked by', 'accompanied by' what it shows",
        "Sjögren syndrome is characterised by inflammation.",
        0.75,
    ),
)

RULE_BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}
