// What the compiler must refuse: each line is an error, so tsc fails where one of them is none.
import * as stored from "../build/documents.js";
import type { Mscev } from "./client.js";

export async function wrong(mscev: Mscev): Promise<void> {
  // @ts-expect-error a required variable is missing
  await mscev.ask(stored.BatchDocument, {});
  // @ts-expect-error no such kind
  await mscev.ask(stored.SearchDocument, { text: "x", kinds: ["MOLECULE"] });
  const { cytokines } = await mscev.ask(stored.CytokinesDocument, { first: 1 });
  // @ts-expect-error a field that was not selected
  cytokines.nodes[0]?.category;
}
