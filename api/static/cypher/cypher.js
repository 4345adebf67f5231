"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const page = JSON.parse(byId("page").textContent);
  const SHOWN = 500; // rows in the table; a download has all
  const LONGEST = 8000; // characters of a link: longer ones break in mails and chats

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const plural = (number, word, more = `${word}s`) => `${number.toLocaleString("en")} ${number === 1 ? word : more}`;

  // ---- values: typed JSON of the Query API as plain values that remember what they are -------------------
  class Node { constructor(v) { this.element = v._element_id; this.labels = v._labels; this.properties = record(v._properties); } }
  class Relationship {
    constructor(v) {
      this.element = v._element_id;
      this.type = v._type;
      this.ends = [v._start_node_element_id, v._end_node_element_id];
      this.properties = record(v._properties);
    }
  }
  class Path { constructor(parts) { this.parts = parts.map(read); } }
  const record = (map) => Object.fromEntries(Object.entries(map).map(([name, value]) => [name, read(value)]));
  const integer = (text) => { const number = Number(text); return Number.isSafeInteger(number) ? number : text; };
  const float = (value) => { const number = Number(value); return Number.isFinite(number) ? number : String(value); };
  const read = ({ $type: type, _value: value }) => {
    switch (type) {
      case "Null": return null;
      case "Integer": return integer(value);
      case "Float": return float(value);
      case "List": return value.map(read);
      case "Map": return record(value);
      case "Node": return new Node(value);
      case "Relationship": return new Relationship(value);
      case "Path": return new Path(value);
      default: return value;
    }
  };
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  // Values for files: entities and relations with everything that they hold.
  const plain = (value) => {
    if (value instanceof Node) return { labels: value.labels, properties: value.properties };
    if (value instanceof Relationship) return { type: value.type, properties: value.properties };
    if (value instanceof Path) return value.parts.map(plain);
    if (Array.isArray(value)) return value.map(plain);
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)])) : value;
  };

  // ---- the table: what a reader can read and follow -------------------------------------------------------
  const curie = new RegExp(`^(?:${page.words.prefixes.map((one) => one.label).join("|")}):[^\\s/]+$`);
  const isClaim = /^mscev\.claim:[0-9a-f]{32}$/;
  const path = (what, id) => `/${what}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
  const link = (address, text) => make("a", { href: address }, text);
  const name = (node) => {
    const { id, name: called, statement, title, label } = node.properties;
    const text = String(called ?? statement ?? title ?? label ?? id ?? node.labels.join(":"));
    if (node.labels.includes("Entity")) return [link(path("entity", id), text), " ", make("span", { class: "id" }, id)];
    if (node.labels.includes("Claim")) return [link(path("claim", id), text)];
    return [text, " ", make("span", { class: "id" }, text === id ? node.labels.join(":") : String(id ?? ""))];
  };
  const told = (relation) => {
    const claims = relation.properties.claimIds;
    return [make("code", {}, relation.type), claims ? ` (${plural(claims.length, "claim")})` : ""];
  };
  const word = (text) => {
    if (isClaim.test(text)) return [link(path("claim", text), text)];
    return curie.test(text) ? [link(path("entity", text), text)] : [text];
  };
  const step = (relation, before) => (relation.ends[0] === before.element ? [" —", ...told(relation), "→ "] : [" ←", ...told(relation), "— "]);
  const shown = (value) => {
    if (value === null) return [make("span", { class: "quiet" }, "–")];
    if (value instanceof Node) return name(value);
    if (value instanceof Relationship) return told(value);
    if (value instanceof Path)
      return value.parts.flatMap((part, i) => (part instanceof Node ? name(part) : step(part, value.parts[i - 1])));
    if (Array.isArray(value)) {
      if (!value.length) return [make("span", { class: "quiet" }, "none")];
      if (value.every((one) => one === null || typeof one !== "object") && value.join("").length < 60)
        return value.flatMap((one, i) => [...(i ? [", "] : []), ...shown(one)]);
      return [make("ul", {}, ...value.map((one) => make("li", {}, ...shown(one))))];
    }
    if (isMap(value))
      return [make("dl", {}, ...Object.entries(value).map(([key, inner]) => make("div", {}, make("dt", {}, key), make("dd", {}, ...shown(inner)))))];
    return typeof value === "string" ? word(value) : [String(value)];
  };
  const cell = (value) => make("td", typeof value === "number" ? { class: "number" } : {}, ...shown(value));
  const table = (fields, rows) =>
    make("table", {},
      make("thead", {}, make("tr", {}, ...fields.map((field) => make("th", { scope: "col" }, field)))),
      make("tbody", {}, ...rows.slice(0, SHOWN).map((row) => make("tr", {}, ...row.map(cell)))));

  // ---- asking --------------------------------------------------------------------------------------------
  class Refused extends Error {}
  const ask = async (statement, parameters, signal) => {
    const response = await fetch(page.door, {
      method: "POST",
      signal,
      headers: { "content-type": "application/json", accept: "application/vnd.neo4j.query.v1.2" },
      body: JSON.stringify({ statement, parameters }),
    });
    const body = await response.json().catch(() => ({}));
    const [error] = body.errors ?? (body.error ? [body.error] : []);
    if (error) throw new Refused(error.message, { cause: error.code });
    if (!body.data) throw new Refused(`The service answered with status ${response.status}.`);
    return { fields: body.data.fields, rows: body.data.values.map((row) => row.map(read)) };
  };

  let answer; // what stands on the page: fields, rows
  let running;
  const show = (text) => { byId("told").textContent = text; };

  const run = async () => {
    if (running) { running.abort(); return; }
    forget();
    const parameters = given();
    if (!parameters) return;
    const statement = editor.state.doc.toString();
    if (!statement.trim()) { show("Write a statement, or choose a saved question."); editor.focus(); return; }
    keep(statement, parameters);
    running = new AbortController();
    byId("run").textContent = "Stop";
    show("Running…");
    const start = performance.now();
    try {
      answer = await ask(statement, parameters, running.signal);
      const took = Math.round(performance.now() - start);
      const { fields, rows } = answer;
      show(`${plural(rows.length, "row")} in ${took.toLocaleString("en")} ms${rows.length > SHOWN ? `; the first ${SHOWN} are shown, a download has all` : ""}.`);
      byId("table").replaceChildren(rows.length ? table(fields, rows) : make("p", { class: "quiet" }, "Nothing fits: no row."));
      byId("answer").hidden = false;
      choose("table");
      byId("answer").scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name === "AbortError") show("Stopped.");
      else refused(error);
    } finally {
      running = undefined;
      byId("run").textContent = "Run";
    }
  };

  const forget = () => {
    answer = undefined;
    show("");
    byId("problem").replaceChildren();
    byId("answer").hidden = true;
    byId("graph").replaceChildren();
    byId("note").textContent = "";
  };

  const refused = (error) => {
    show("");
    const known = error instanceof Refused;
    const parts = [make("p", { class: "warn" }, known ? error.cause ?? "Refused" : "The service does not answer.")];
    if (known) parts.push(make("pre", {}, error.message));
    const at = known && /\(line (\d+), column (\d+)/.exec(error.message);
    if (at) {
      const jump = make("button", { type: "button" }, `Go to line ${at[1]}, column ${at[2]}`);
      jump.addEventListener("click", () => goTo(Number(at[1]), Number(at[2])));
      parts.push(jump);
    }
    byId("problem").replaceChildren(...parts);
  };

  const goTo = (number, column) => {
    const line = editor.state.doc.line(Math.min(number, editor.state.doc.lines));
    const anchor = Math.min(line.from + column - 1, line.to);
    editor.dispatch({ selection: { anchor }, scrollIntoView: true });
    editor.focus();
  };

  const given = () => {
    try {
      const value = JSON.parse(byId("parameters").value.trim() || "{}");
      if (isMap(value)) return value;
    } catch { /* told below */ }
    byId("given").open = true;
    byId("parameters").focus();
    refused(new Refused('Parameters must be one JSON object, as {"id": "HGNC:6018"}.', { cause: "Parameters" }));
    return undefined;
  };

  // ---- the answer as a picture: its entities, relations and claims ----------------------------------------
  const gathered = (rows) => {
    const ids = new Set();
    let others = 0;
    const visit = (value) => {
      if (value instanceof Relationship || (value instanceof Node && value.labels.some((one) => one === "Entity" || one === "Claim"))) {
        if (typeof value.properties.id === "string") ids.add(value.properties.id);
      } else if (value instanceof Node) others += 1;
      else if (value instanceof Path) value.parts.forEach(visit);
      else if (Array.isArray(value)) value.forEach(visit);
      else if (isMap(value)) Object.values(value).forEach(visit);
      else if (typeof value === "string" && (curie.test(value) || isClaim.test(value))) ids.add(value);
    };
    rows.forEach((row) => row.forEach(visit));
    return { ids: [...ids].sort(), others };
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const draw = () => {
    const home = byId("graph");
    if (home.firstChild) return;
    const { ids, others } = gathered(answer.rows);
    const note = (text) => { byId("note").textContent = text; };
    if (!ids.length) {
      note("No entity, claim or relation is in the answer: there is nothing to draw. Return them, or their ids.");
      return;
    }
    if (ids.length > page.drawn) {
      note(`The answer holds ${plural(ids.length, "entity, relation or claim", "entities, relations and claims")}; at most ${page.drawn} are drawn. Add a condition or a LIMIT.`);
      return;
    }
    note(others ? "Sentences, papers and other nodes of the answer are in the table alone." : "The entities, relations and claims of the answer.");
    const title = byId("about").dataset.title;
    const query = new URLSearchParams([...ids.map((id) => ["id", id]), ...(title ? [["title", title]] : [])]);
    const frame = make("iframe", { title: "The answer as a graph", sandbox: "allow-scripts" });
    frame.src = `/views/answer.html?${query}&theme=${dark.matches ? "dark" : "light"}`;
    const files = ["svg", "png", "pptx"].map((form) =>
      make("a", { class: "button", href: `/views/answer.${form}?${query}`, download: `answer.${form}` }, `Download ${form.toUpperCase()}`));
    const alone = make("a", { class: "button", href: `/views/answer.html?${query}` }, "Open alone");
    home.replaceChildren(make("div", { class: "frame" }, frame), make("p", { class: "row" }, alone, ...files));
    home.scrollIntoView({ block: "nearest" });
  };

  const choose = (what) => {
    for (const one of ["table", "graph"]) {
      byId(one).hidden = one !== what;
      byId(`as-${one}`).setAttribute("aria-pressed", String(one === what));
    }
    byId("note").hidden = what !== "graph";
    if (what === "graph") draw();
  };

  // ---- taking away ---------------------------------------------------------------------------------------
  const save = (text, type, suffix) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: address, download: `answer.${suffix}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  // A text that a spreadsheet would take for a formula gets an apostrophe before it.
  const field = (value) => {
    if (value === null) return "";
    const text = typeof value === "string" ? value.replace(/^(?=[=+@\t\r-])/, "'") : typeof value === "object" ? JSON.stringify(plain(value)) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const csv = ({ fields, rows }) => [fields, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
  const json = ({ fields, rows }) =>
    `${JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, i) => [fields[i], plain(value)]))), null, 2)}\n`;

  const copy = async (button, text) => {
    const words = button.textContent;
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(text);
      else { // an address without TLS has no clipboard but the old one
        const area = make("textarea", { class: "unseen" });
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        button.focus();
        if (!done) throw new Error("not copied");
      }
      button.textContent = "Copied";
    } catch {
      refused(new Refused(text, { cause: "Copy it from here" }));
    }
    setTimeout(() => { button.textContent = words; }, 2500);
  };
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const curl = (statement, parameters) =>
    `curl -s ${quoted(location.origin + page.door)} -H 'content-type: application/json' -d ${quoted(JSON.stringify({ statement, parameters }))}`;

  // ---- the address: a saved question by name, else statement and parameters -------------------------------
  const saved = new Map(page.questions.map((question) => [question.name, question]));
  const text = (parameters) => JSON.stringify(parameters, null, 1).replace(/\n\s*/g, " ");
  const fragment = (statement, parameters) => {
    const same = page.questions.find((one) => one.statement === statement && text(one.parameters) === text(parameters));
    if (same) return `#question=${same.name}`;
    const told = new URLSearchParams({ statement });
    if (Object.keys(parameters).length) told.set("parameters", JSON.stringify(parameters));
    return `#${told}`;
  };
  const keep = (statement, parameters) => {
    const address = fragment(statement, parameters);
    const short = address.length <= LONGEST;
    history.replaceState(null, "", short ? address : location.pathname);
    about(saved.get(address.replace("#question=", "")));
    return short;
  };

  const about = (question) => {
    byId("about").dataset.title = question?.title ?? "";
    byId("about").replaceChildren(...(question
      ? [make("p", {}, make("strong", {}, question.title), `: ${question.asks}`), make("p", { class: "quiet" }, `Answer: ${question.answer}`)]
      : []));
  };
  const write = (statement, parameters) => {
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: statement } });
    byId("parameters").value = text(parameters);
    byId("given").open = Object.keys(parameters).length > 0;
  };

  // A saved question is run at once; what somebody else wrote into a link is only shown.
  const open = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const question = saved.get(asked.get("question"));
    running?.abort();
    forget();
    if (question) {
      write(question.statement, question.parameters);
      byId("saved").open = false;
      editor.focus();
      run();
    } else if (asked.has("question")) {
      show(`There is no saved question “${asked.get("question")}”.`);
      byId("saved").open = true;
    } else if (asked.has("statement")) {
      let parameters = {};
      try { parameters = JSON.parse(asked.get("parameters") ?? "{}"); } catch { /* the statement alone, then */ }
      write(asked.get("statement"), isMap(parameters) ? parameters : {});
      about();
      show("From a link: read it, then press Run.");
    } else byId("saved").open = true;
  };

  // ---- the editor ----------------------------------------------------------------------------------------
  const { EditorState, EditorView, autocompletion, bracketMatching, classHighlighter, closeBrackets } = CodeMirror;
  const { closeBracketsKeymap, completionKeymap, defaultKeymap, drawSelection, history: undo, historyKeymap } = CodeMirror;
  const { keymap, lineNumbers, placeholder, syntaxHighlighting } = CodeMirror;
  const names = () => { try { return Object.keys(JSON.parse(byId("parameters").value)); } catch { return []; } };
  const editor = new EditorView({
    parent: byId("statement"),
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(page.nonce),
        keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }]),
        lineNumbers(), undo(), drawSelection(), bracketMatching(), closeBrackets(),
        CypherLanguage.language, syntaxHighlighting(classHighlighter),
        autocompletion({ override: [CypherLanguage.completion(page.words, names)], icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-labelledby": "statement-label", tabindex: "0" }),
        placeholder("MATCH (x:Entity)-[r:DECREASES]->(c:Cytokine) RETURN x, r, c LIMIT 25"),
      ],
    }),
  });

  byId("cypher").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  byId("as-table").addEventListener("click", () => choose("table"));
  byId("as-graph").addEventListener("click", () => choose("graph"));
  byId("csv").addEventListener("click", () => save(csv(answer), "text/csv;charset=utf-8", "csv"));
  byId("json").addEventListener("click", () => save(json(answer), "application/json", "json"));
  byId("link").addEventListener("click", () => {
    const parameters = given();
    if (!parameters) return;
    if (keep(editor.state.doc.toString(), parameters)) copy(byId("link"), location.href);
    else refused(new Refused(`The link would be longer than ${LONGEST.toLocaleString("en")} characters; copy the statement itself.`, { cause: "Too long for a link" }));
  });
  byId("curl").addEventListener("click", () => {
    const parameters = given();
    if (parameters) copy(byId("curl"), curl(editor.state.doc.toString(), parameters));
  });
  byId("filter").addEventListener("input", () => {
    const wanted = byId("filter").value.trim().toLowerCase().split(/\s+/);
    document.querySelectorAll("#saved li").forEach((item) => {
      item.hidden = !wanted.every((part) => item.textContent.toLowerCase().includes(part));
    });
    document.querySelectorAll("#saved h2").forEach((heading) => {
      heading.hidden = !heading.nextElementSibling.querySelector("li:not([hidden])");
    });
  });
  dark.addEventListener("change", () => { byId("graph").replaceChildren(); if (!byId("graph").hidden) draw(); });
  // The same saved question again is no change of the address.
  document.querySelectorAll("#saved a").forEach((one) => one.addEventListener("click", () => { if (one.hash === location.hash) open(); }));
  addEventListener("hashchange", open);
  open();
})();
