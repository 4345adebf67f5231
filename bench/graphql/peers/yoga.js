// @neo4j/graphql on GraphQL Yoga over node:http; RESPONSE_CACHE=1 adds its cache of whole answers.
import { createServer } from "node:http";
import { useResponseCache } from "@graphql-yoga/plugin-response-cache";
import { createYoga } from "graphql-yoga";
import { context, makeSchema, port } from "./schema.js";

// One cache for everybody, without expiry, as for a graph that changes by load only. Yoga's form of it
// answers before the document is parsed.
const cache = () =>
  useResponseCache({ session: () => null, ttl: Infinity, includeExtensionMetadata: false });

const yoga = createYoga({
  schema: await makeSchema(),
  context,
  parserAndValidationCache: true, // the default, said aloud
  logging: false,
  maskedErrors: true,
  graphiql: false,
  landingPage: false,
  batching: false,
  multipart: false, // no uploads: one body parser less to try
  cors: false, // no preflight and no headers that nobody asked for
  plugins: process.env.RESPONSE_CACHE ? [cache()] : [],
});
createServer(yoga).listen(port, "127.0.0.1");
