// The stored graph as @neo4j/graphql takes it: concrete types, so that no query becomes a UNION over kinds.
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const typeDefs = /* GraphQL */ `
  type RelationProperties @relationshipProperties {
    id: ID!
  }

  # The index is over lists too; they cannot be named here, and need not be.
  type Entity
    @node
    @fulltext(
      indexes: [{ indexName: "${process.env.ENTITY_TEXT}", queryName: "searchEntities", fields: ["name", "description"] }]
    ) {
    id: ID!
    name: String!
    category: String!
    synonyms: [String!]!
    asWritten: [String!]!
    description: String
    increases: [Entity!]! @relationship(type: "INCREASES", direction: OUT, properties: "RelationProperties")
  }

  # One label is enough to find a protein; a second one in every pattern would only cost.
  # key is for queries/tuned.graphql.
  type Protein @node {
    id: ID!
    key: String! @alias(property: "id")
    name: String!
    category: String!
    increases: [Entity!]! @relationship(type: "INCREASES", direction: OUT, properties: "RelationProperties")
  }

  type Claim @node {
    id: ID!
    place: String!
    status: String!
    statement: String!
    negated: Boolean!
    certainty: String!
    predicate: String!
    subject: [Entity!]! @relationship(type: "SUBJECT", direction: OUT)
    object: [Entity!]! @relationship(type: "OBJECT", direction: OUT)
    sentences: [Sentence!]! @relationship(type: "STATED_IN", direction: OUT)
    citations: [Citation!]! @relationship(type: "CITES", direction: OUT)
  }

  type Sentence @node {
    id: ID!
    block: Int!
    sentence: Int!
    section: [Section!]! @relationship(type: "PART_OF", direction: OUT)
  }

  type Section @node {
    title: String!
  }

  type Citation @node {
    label: String!
    marker: Int
    status: String!
    reference: [Reference!]! @relationship(type: "RESOLVED_TO", direction: OUT)
  }

  type Reference @node {
    title: String
    doi: String
  }
`;

// Numbers as JavaScript has them: half the work of the driver's default, which wraps every integer.
export const driver = neo4j.driver(
  process.env.NEO4J_URI,
  neo4j.auth.basic(process.env.NEO4J_USERNAME, process.env.NEO4J_PASSWORD),
  { disableLosslessIntegers: true, telemetryDisabled: true },
);

// The driver as the library's documents pass it, the database named, so that no home database is asked for.
export const context = () => ({ executionContext: driver, sessionConfig: { database: "neo4j" } });

export const port = Number(process.env.PORT);

// No mutation is asked for, and a smaller schema starts sooner: the rest of it changes no query.
export async function makeSchema() {
  const library = new Neo4jGraphQL({
    typeDefs: typeDefs.replace(/@node(?=[\s{])/g, "@node @mutation(operations: [])"),
    driver,
    features: { filters: { String: { GT: true } } },
  });
  return library.getSchema();
}
