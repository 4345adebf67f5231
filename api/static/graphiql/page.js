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

// A link may hold a query: it is shown, and run when its reader says so.
const asked = new URLSearchParams(location.search);
const query = asked.get("query");
const given = query === null ? {} : { query, variables: asked.get("variables") ?? "" };

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: firstQuery,
    ...given,
  })
);

const choice = document.querySelector("#questions select");
choice.value = [...choice.options].map((option) => option.value).find((value) => value === location.pathname + location.search) ?? "";
choice.addEventListener("change", () => { if (choice.value) location.assign(choice.value); });
