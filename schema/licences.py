"""The vocabularies that identifiers and is-a steps come from, with their licences; NOTICE.md says the same.

A licence is an SPDX identifier, or `SEE_SOURCE` where the source has terms of its own. It is what was known
when it was written; the source's own page decides.
"""

from __future__ import annotations

from dataclasses import dataclass

SEE_SOURCE = "see source"


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of a source; `attribution` is whom to credit."""

    source: str
    licence: str
    attribution: str


LICENCES = (
    Licence("CL", "CC-BY-4.0", "Cell Ontology"),
    Licence("ChEBI", "CC-BY-4.0", "ChEBI, EMBL-EBI"),
    Licence("EFO", "Apache-2.0", "Experimental Factor Ontology, EMBL-EBI"),
    Licence("FamPlex", "CC0-1.0", "FamPlex"),
    Licence("GO", "CC-BY-4.0", "Gene Ontology Consortium"),
    Licence("HGNC", "CC0-1.0", "HUGO Gene Nomenclature Committee"),
    Licence("HP", SEE_SOURCE, "Human Phenotype Ontology"),
    Licence("MONDO", "CC-BY-4.0", "Mondo Disease Ontology, Monarch Initiative"),
    Licence("MeSH", SEE_SOURCE, "Medical Subject Headings, U.S. National Library of Medicine"),
    Licence("NCBITaxon", "CC0-1.0", "NCBI Taxonomy"),
    Licence("NCIt", "CC-BY-4.0", "NCI Thesaurus, U.S. National Cancer Institute"),
    Licence("Reactome", "CC0-1.0", "Reactome"),
    Licence("SO", "CC-BY-4.0", "Sequence Ontology"),
    Licence("UBERON", "CC-BY-3.0", "Uberon"),
    Licence("UniProt", "CC-BY-4.0", "UniProt Consortium"),
    Licence("mscev", "CC-BY-4.0", "the mscev authors"),
)

LICENCE_BY_SOURCE = {licence.source: licence for licence in LICENCES}
