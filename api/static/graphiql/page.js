"use strict";
// GraphiQL and React are vendored beside this file; nothing is loaded from elsewhere.
const firstQuery = `# What lowers IL6, who says so, and on which paper does it rest?
{
  entity(id: "HGNC:6018") {
    name
    claims(filter: { role: [OBJECT], direction: { eq: DECREASED } }) {
      nodes {
        statement
        evidenceLevel
        evidence { section paragraph sentence verified quote }
        citations { label status reference { title doi } concerns }
      }
    }
  }
}
`;

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: firstQuery,
  })
);
