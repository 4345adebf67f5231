// node editor.mjs FOLDER: make codemirror.min.js and the licences of what is in it. The same bytes every time.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("usage: node editor.mjs FOLDER");
mkdirSync(folder, { recursive: true });

const made = await build({
  entryPoints: ["editor/entry.mjs"],
  bundle: true,
  format: "iife",
  globalName: "CodeMirror",
  target: "es2020",
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
});
const parts = Object.keys(made.metafile.inputs)
  .map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
  .filter(Boolean);
const licences = new Map();
for (const name of [...new Set(parts)].sort()) {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  licences.set(text, [...(licences.get(text) ?? []), `${name} ${version} (${license})`]);
}
writeFileSync(join(folder, "codemirror.min.js"), made.outputFiles[0].contents);
writeFileSync(
  join(folder, "LICENSE.codemirror"),
  [...licences].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join("\n\n"),
);
