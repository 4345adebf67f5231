// node generate.mjs SDL QUERIES: write build/documents.ts, the stored queries as typed documents.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as documents from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";

const [sdl, folder] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => name.endsWith(".graphql")).sort();
const read = (path) => parse(readFileSync(path, "utf8"));

const text = await codegen({
  filename: "documents.ts",
  schema: read(sdl),
  documents: files.map((name) => ({ location: name, document: read(join(folder, name)) })),
  config: { useTypeImports: true, scalars: { ID: "string" }, avoidOptionals: false, skipTypename: true },
  plugins: [{ operations: {} }, { documents: {} }],
  pluginMap: { operations, documents },
});
mkdirSync("build", { recursive: true });
writeFileSync("build/documents.ts", text);
