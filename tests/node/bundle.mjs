// node bundle.mjs NAME FOLDER: make one of the files below and the licences of what is in it. The same bytes every time.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const BUNDLES = {
  codemirror: { entry: "editor/entry.mjs", global: "CodeMirror", comments: "none" },
  // its notices stay: the file becomes part of every interactive view
  "vis-network": { entry: "vis/entry.mjs", global: "vis", comments: "inline" },
};
const [name, folder] = process.argv.slice(2);
const wanted = BUNDLES[name];
if (!wanted || !folder) throw new Error(`usage: node bundle.mjs ${Object.keys(BUNDLES).join("|")} FOLDER`);
mkdirSync(folder, { recursive: true });

const made = await build({
  entryPoints: [wanted.entry],
  bundle: true,
  format: "iife",
  globalName: wanted.global,
  target: "es2020",
  minify: true,
  legalComments: wanted.comments,
  metafile: true,
  write: false,
});
const parts = Object.keys(made.metafile.inputs)
  .map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
  .filter(Boolean);
const licenceOf = (part) => {
  const files = readdirSync(`node_modules/${part}`).filter((file) => file.startsWith("LICENSE"));
  const file = files.find((one) => one.includes("MIT")) ?? files[0]; // the choice, where there is one
  return readFileSync(`node_modules/${part}/${file}`, "utf8").trim();
};
const licences = new Map();
for (const part of [...new Set(parts)].sort()) {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${part}/package.json`, "utf8"));
  const text = licenceOf(part);
  licences.set(text, [...(licences.get(text) ?? []), `${part} ${version} (${license.replace(/[()]/g, "")})`]);
}
writeFileSync(join(folder, `${name}.min.js`), made.outputFiles[0].contents);
writeFileSync(
  join(folder, `LICENSE.${name}`),
  [...licences].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join("\n\n"),
);
