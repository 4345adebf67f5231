// node inspect.mjs PAIRS: what graphql-inspector finds broken. PAIRS is a file of JSON, name -> [old, new]; so is the
// answer, name -> paths.
import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const broken = {};
for (const [name, pair] of Object.entries(JSON.parse(readFileSync(process.argv[2], "utf8")))) {
  const changes = await diff(...pair.map((text) => buildSchema(text)));
  const breaking = changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking);
  broken[name] = breaking.map((change) => change.path);
}
console.log(JSON.stringify(broken));
