"""What GraphQL has to answer, from the records alone: no database, no Cypher, nothing of api/ or graph/."""
