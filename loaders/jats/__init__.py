"""Articles in JATS XML, as PubMed Central and its journals give them."""
