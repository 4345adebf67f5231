// @neo4j/graphql on Apollo Server, as its documents start it: standalone, on Node's own http server.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { context, makeSchema, port } from "./schema.js";

// Parsed and validated documents are kept by default (documentStore, 30 MB). NODE_ENV=production turns
// introspection, stack traces and the landing page off; logging and usage reports are off without plugins.
// cache "bounded" is what the documents ask for in production; it holds no answers.
const server = new ApolloServer({ schema: await makeSchema(), cache: "bounded", csrfPrevention: true });
await startStandaloneServer(server, { context, listen: { port, host: "127.0.0.1" } });
