// node main.js URL: ask every stored query with its types, check the answers; exit code 1 where one is not as expected.
import assert from "node:assert/strict";
import { ClientError } from "graphql-request";
import * as stored from "../build/documents.js";
import { Mscev } from "./client.js";

const [url] = process.argv.slice(2);
assert(url, "usage: node main.js URL");
const mscev = new Mscev(url);

const checks: Record<string, () => Promise<void>> = {
  async batch() {
    const { nodes } = await mscev.ask(stored.BatchDocument, { ids: ["HGNC:6018", "mscev.ref:msc-ev/3", "X:0"] });
    const [cytokine, reference, nothing] = nodes;
    assert(cytokine?.__typename === "Cytokine");
    assert.equal(cytokine.name, "IL6");
    assert(cytokine.mappings.some(({ match }) => match === "EXACT"));
    assert(reference?.__typename === "Reference");
    assert.equal(typeof reference.title, "string");
    assert.equal(nothing, null);
  },

  async resolve() {
    const { resolve } = await mscev.ask(stored.ResolveNamesDocument, { texts: ["IL-6", "aspirin"] });
    assert.deepEqual(resolve.map(({ entity }) => entity?.id), ["HGNC:6018", undefined]);
    assert(resolve[1]?.reason);
  },

  async search() {
    const { search } = await mscev.ask(stored.SearchDocument, { text: "macrophage", kinds: ["CELL_TYPE"] });
    assert(search.edges.length > 1);
    assert(search.edges.every(({ node, score }) => node.kind === "CELL_TYPE" && score > 0));
  },

  async pages() {
    const read: string[] = [];
    let total = 0;
    for await (const page of mscev.pages(stored.CytokinesDocument, { first: 2 }, (result) => result.cytokines)) {
      assert(page.nodes.length <= 2);
      read.push(...page.nodes.map(({ id }) => id));
      total = page.totalCount;
    }
    assert.equal(read.length, total);
    assert.equal(new Set(read).size, total);
    assert(total > 2 && read.includes("HGNC:6018"));
  },

  async "evidence chain"() {
    const { claims } = await mscev.ask(stored.EvidenceChainDocument, {
      subject: "CL:0000863",
      object: "MONDO:0005178",
    });
    const [claim] = claims.nodes;
    assert(claim);
    assert(claim.evidence.every(({ sha256, spans }) => sha256.length === 64 && spans.length > 0));
    const dois = claim.citations.flatMap(({ reference }) => reference?.doi ?? []);
    assert.deepEqual(dois, ["10.1186/s13075-016-0983-4"]);
  },

  async "lowered in patients"() {
    const { claims } = await mscev.ask(stored.LoweredInPatientsDocument, {
      molecule: "HGNC:6018",
      populations: ["MESH:D010361", "MESH:D007297"],
    });
    assert.equal(claims.totalCount, claims.nodes.length);
    assert.deepEqual(claims.nodes.map(({ subject }) => subject.name), ["WJ-MSC-EV"]);
  },

  async between() {
    const { between } = await mscev.ask(stored.BetweenTwoDocument, { a: "mscev:msc-ev", b: "HGNC:6018" });
    assert(between.relations.some(({ predicate, direction }) => predicate === "DECREASES" && direction === "DECREASED"));
    assert(between.claims.length > 0);
  },

  async paths() {
    const { paths } = await mscev.ask(stored.PathsDocument, { from: "mscev:msc-ev", to: "MONDO:0005178", maxHops: 3 });
    assert(paths.length > 0);
    for (const { nodes, relations } of paths) assert.equal(relations.length, nodes.length - 1);
  },

  async neighborhood() {
    const { neighborhood } = await mscev.ask(stored.NeighborhoodDocument, { ids: ["HGNC:6018"], hops: 1 });
    const ids = new Set(neighborhood.nodes.map(({ id }) => id));
    assert(neighborhood.relations.length > 0);
    for (const { subject, object } of neighborhood.relations) assert(ids.has(subject.id) && ids.has(object.id));
  },

  async references() {
    const { references } = await mscev.ask(stored.ReferencesDocument, { since: 2015, first: 100 });
    assert(references.nodes.length > 0);
    for (const { year, claims } of references.nodes) assert((year ?? 0) >= 2015 && claims.nodes.length > 0);
  },

  async "subtypes of size"() {
    const { evSubtypes } = await mscev.ask(stored.SubtypesOfSizeDocument, { nm: 120 });
    assert.deepEqual(evSubtypes.nodes.map(({ name }) => name).sort(), ["exosome", "microvesicle"]);
  },

  async "an error has a code"() {
    const failed = await mscev.ask(stored.CytokinesDocument, { first: 0 }).catch((error: unknown) => error);
    assert(failed instanceof ClientError);
    assert.equal(failed.response.errors?.[0]?.extensions["code"], "BAD_USER_INPUT");
  },
};

const failed: Record<string, string> = {};
for (const [name, check] of Object.entries(checks)) {
  await check().catch((error: unknown) => (failed[name] = String(error).slice(0, 300)));
}
console.log(JSON.stringify({ checked: Object.keys(checks).length, failed }));
process.exitCode = Object.keys(failed).length ? 1 : 0;
