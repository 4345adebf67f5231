"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const page = JSON.parse(byId("page").textContent);
  const predicates = new Map(page.predicates.map((one) => [one.name, one]));
  const filters = byId("filters");

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const plural = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
  const spelled = (constant) => constant.replace(/[a-z](?=[A-Z])/g, "$& ").replaceAll("_", " ").toLowerCase();
  const tell = (text) => { byId("told").textContent = text; };
  const complain = (text) => { byId("problem").textContent = text; };

  // ---- who reviews: asked once, kept in this browser ------------------------------------------------------
  const orcid = byId("orcid");
  const kept = () => { try { return localStorage.getItem("mscev-orcid"); } catch { return null; } };
  // ISO 7064 MOD 11-2; the service checks it again
  const fits = (text) => {
    const match = /^(?:orcid:|https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3})([\dX])$/i.exec(text.trim());
    if (!match) return false;
    const total = [...match[1].replaceAll("-", "")].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
    const value = (12 - (total % 11)) % 11;
    return match[2].toUpperCase() === (value === 10 ? "X" : String(value));
  };
  orcid.value = kept() ?? "";
  byId("person").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!reviewer()) return;
    try { localStorage.setItem("mscev-orcid", orcid.value.trim()); } catch { /* it holds for this page */ }
    tell("Your ORCID iD is kept in this browser.");
    byId("item").focus();
  });
  const reviewer = () => {
    if (fits(orcid.value)) { complain(""); return orcid.value.trim(); }
    complain(orcid.value.trim() ? "This is no ORCID iD: its digits do not fit its check digit or its form." : "Give your ORCID iD first; it stands beside your decisions.");
    orcid.focus();
    return null;
  };

  // ---- asking ---------------------------------------------------------------------------------------------
  class Refused extends Error {}
  const ask = async (address, body) => {
    let response;
    try {
      response = await fetch(address, body === undefined ? {} : {
        method: "POST",
        headers: { "content-type": "application/json", [page.header]: page.token },
        body: JSON.stringify(body),
      });
    } catch {
      throw new Refused("The service does not answer.");
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(answer.error?.message ?? `The service answered with status ${response.status}.`);
    return answer;
  };
  const attempt = async (work) => {
    try { return await work(); } catch (error) {
      if (!(error instanceof Refused)) throw error;
      complain(error.message);
      return undefined;
    }
  };
  const guarded = (work) => { complain(""); return attempt(work); };

  // ---- the queue: pages of proposals, one shown -----------------------------------------------------------
  let items = [];
  let next = null; // where the page after begins
  let total = 0;
  let at = 0;
  const mine = []; // what was decided here, the last one last
  const parameters = () => new URLSearchParams([...new FormData(filters)].filter(([, value]) => value !== ""));

  const load = async (wanted) => {
    const queue = await ask(`/review/queue?${parameters()}`);
    ({ items, next, total } = queue);
    at = Math.max(0, items.findIndex((item) => item.claim === wanted));
    count(queue);
    show();
  };
  const more = async () => {
    const asked = parameters();
    asked.set("after", next.join(" "));
    const queue = await ask(`/review/queue?${asked}`);
    next = queue.next;
    items.push(...queue.items);
  };

  const count = ({ counts, articles, rules, predicates: named, files }) => {
    const done = counts.accepted + counts.edited + counts.rejected;
    byId("bar").max = Math.max(1, done + counts.open);
    byId("bar").value = done;
    byId("counts").textContent = `${counts.open} to be decided, ${counts.accepted} accepted, ${counts.edited} edited, ${counts.rejected} rejected`;
    const known = new Map(articles.map(({ id, title, open }) => [id, `${title} (${open})`]));
    for (const id of Object.keys(files)) if (!known.has(id)) known.set(id, `${id} (0)`);
    options("article", [...known]);
    options("rule", rules.map(({ name, open }) => [name, `${name} (${open})`]));
    options("predicate", named.map(({ name, open }) => [name, `${predicates.get(name)?.words ?? name} (${open})`]));
  };
  const options = (name, pairs) => {
    const select = filters.elements[name];
    const chosen = select.value;
    if (chosen && !pairs.some(([value]) => value === chosen)) pairs.push([chosen, `${chosen} (0)`]);
    select.replaceChildren(make("option", { value: "" }, "all"), ...pairs.map(([value, text]) => make("option", { value }, text)));
    select.value = chosen;
  };

  const show = () => {
    close();
    const item = items[at];
    byId("item").hidden = !item;
    if (!item) {
      tell(filters.elements.state.value === "open" ? "Nothing is left to be decided here." : "Nothing was decided here.");
      return;
    }
    const { article, place } = item;
    byId("which").textContent = `${at + 1} of ${total}`;
    byId("where").textContent = `${article.title}: ${place.section ? `“${place.section}”, ` : ""}paragraph ${place.paragraph}, sentence ${place.sentence}${place.page ? `, page ${place.page}` : ""}`;
    byId("sentence").replaceChildren(...sentence(item));
    byId("proposal").replaceChildren(...proposal(item));
    byId("item").focus({ preventScroll: true });
  };

  const sentence = ({ sentence: said, proposal: claim }) => {
    if (!said) return [make("p", { class: "warn" }, "The sentence is not shown: no copy of the article is loaded.")];
    const names = new Map(said.named.map((one) => [one.id, one]));
    const ends = [claim.subject, claim.object];
    const told = said.pieces.map(({ text, entity }) => {
      if (!entity) return text;
      const { name, word } = names.get(entity);
      return make("mark", { ...(ends.includes(entity) ? { class: "end" } : {}), title: `${name} (${word})` }, text);
    });
    const listed = said.named.map(({ id, name, word }) => make("li", {}, name, ` (${word})${id === claim.subject ? ": subject" : id === claim.object ? ": object" : ""}`));
    return [
      make("blockquote", {}, ...told),
      make("details", {}, make("summary", {}, `Names ${said.named.length === 1 ? "1 entity" : `${said.named.length} entities`}`), make("ul", {}, ...listed)),
    ];
  };

  const entity = (item, id) => {
    const known = item.entities[id];
    return known ? make("a", { href: `/entity/${encodeURIComponent(id).replaceAll("%3A", ":")}` }, known.name) : id;
  };
  const named = (item, value) => [value].flat().map((one) => item.entities[one]?.name ?? one).join(", ");
  const setting = (item, context) => Object.entries(context ?? {}).map(([role, value]) => [spelled(role), named(item, value)]);
  const edited = (item, field, value) => {
    if (field === "context") return setting(item, value).map((pair) => pair.join(" ")).join("; ") || "none";
    return named(item, value) || "none";
  };
  const proposal = (item) => {
    const claim = item.proposal;
    const marks = [claim.negated ? "✗ said not to hold" : "", spelled(claim.certainty), spelled(claim.evidenceLevel)];
    const facts = [
      ["rule", claim.rule], ["score", claim.score],
      ...setting(item, claim.context),
      ["acts through", claim.mechanisms && named(item, claim.mechanisms)],
      ["markers", claim.citations?.map((one) => one.label).join(", ")],
      ["claim", item.claim],
    ].filter(([, value]) => value !== undefined);
    const decided = item.decisions.map((one) => make("li", {},
      `${one.decision} by ${one.reviewer.replace("orcid:", "")}, ${one.date.slice(0, 10)}`,
      one.reason ? `: ${one.reason}` : "",
      ...Object.entries(one.edits).map(([field, value]) => ` (${spelled(field)}: ${edited(item, field, value)})`)));
    return [
      make("p", { class: "triple" }, entity(item, claim.subject), " ", claim.negated ? make("s", {}, claim.words) : claim.words, " ", entity(item, claim.object)),
      make("p", { class: "statement" }, claim.statement),
      make("ul", { class: "marks", "aria-label": "How it is said" }, ...marks.filter(Boolean).map((text) => make("li", {}, text))),
      make("dl", { class: "facts" }, ...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", name === "claim" ? { class: "id" } : {}, String(value))))),
      ...(decided.length ? [make("h3", {}, "Decided"), make("ol", { class: "decisions" }, ...decided)] : []),
    ];
  };

  // ---- deciding -------------------------------------------------------------------------------------------
  let busy = false;
  const once = async (work) => {
    if (busy) return;
    busy = true;
    try { await guarded(work); } finally { busy = false; }
  };
  const decide = (decision, given = {}) => once(async () => {
    const item = items[at];
    const person = item && reviewer();
    if (!person) return;
    const made = await ask("/review/decisions", { article: item.article.id, claim: item.claim, reviewer: person, decision, ...given });
    mine.push({ article: item.article.id, claim: item.claim });
    const open = filters.elements.state.value === "open";
    await load(open ? items[at + 1]?.claim : item.claim);
    tell(`${made.decision[0].toUpperCase()}${made.decision.slice(1)}: ${item.proposal.statement}`);
  });
  const undo = () => once(async () => {
    const shown = items[at];
    const last = mine.at(-1) ?? (shown?.decisions.length ? { article: shown.article.id, claim: shown.claim } : null);
    if (!last) { tell("Nothing was decided on this page yet."); return; }
    const person = reviewer();
    if (!person) return;
    const taken = await ask("/review/undo", { ...last, reviewer: person });
    mine.pop();
    await load(last.claim);
    tell(`Taken back: ${taken.decision}. ${plural(mine.length, "decision")} of this page can be undone.`);
  });
  const go = (step) => guarded(async () => {
    if (at + step >= items.length && next) await more();
    if (!items[at + step]) { tell(step > 0 ? "This is the last one." : "This is the first one."); return; }
    at += step;
    tell("");
    show();
  });

  // ---- forms ----------------------------------------------------------------------------------------------
  const forms = [byId("reject"), byId("edit")];
  const close = () => { forms.forEach((form) => { form.hidden = true; }); };
  const back = () => { close(); complain(""); byId("item").focus(); };
  const open = (form, first) => { close(); form.hidden = false; form.scrollIntoView({ block: "nearest" }); first.focus(); };
  const reject = () => { if (items[at] && reviewer()) { byId("why").value = ""; open(byId("reject"), byId("why")); } };
  byId("reject").addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = byId("why").value.trim();
    if (reason) decide("rejected", { reason });
    else { complain("Say why: whoever rejects gives a reason."); byId("why").focus(); }
  });

  const FIELDS = { predicate: "predicate", certainty: "certainty", evidenceLevel: "level", statement: "statement" };
  const edit = () => {
    const item = items[at];
    if (!item || !reviewer()) return;
    for (const [name, id] of Object.entries(FIELDS)) byId(id).value = item.proposal[name];
    byId("negated").checked = item.proposal.negated;
    byId("note").value = "";
    for (const end of ["subject", "object"]) {
      byId(end).value = item.proposal[end];
      hint(end, item.entities[item.proposal[end]]);
    }
    byId("setting").replaceChildren();
    for (const [part, value] of Object.entries({ ...item.proposal.context, mechanisms: item.proposal.mechanisms ?? [] }))
      for (const one of [value].flat()) addPart(part, one, item.entities[one]);
    allowed();
    open(byId("edit"), byId("subject"));
  };
  const described = (one) => `${one.name} (${one.word ?? spelled(one.kind)})`;
  const hint = (end, known) => { byId(`${end}-told`).textContent = known ? described(known) : ""; };
  const allowed = () => {
    const one = predicates.get(byId("predicate").value);
    byId("predicate-told").textContent = one ? `Joins ${one.subjects.length} kinds of subjects with ${one.objects.length} kinds of objects.` : "";
    byId("predicate-told").title = one ? `subjects: ${one.subjects.join(", ")}; objects: ${one.objects.join(", ")}` : "";
  };
  byId("predicate").addEventListener("change", allowed);

  // what is typed is looked up; an identifier, a name and a synonym all lead to the entity
  const SEARCH = "query($text: String!) { search(text: $text, first: 8) { nodes { id name kind } } resolve(texts: [$text]) { entity { id name kind } reason } }";
  const look = async (text) => (await ask("/graphql", { query: SEARCH, variables: { text } })).data;
  const completing = (input, list, told, wanted = () => true) => {
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      // what was said of a form that was sent meanwhile stays
      waiting = setTimeout(() => attempt(async () => {
        const text = input.value.trim();
        if (!text || !wanted()) return;
        const { search, resolve: [found] } = await look(text);
        list.replaceChildren(...search.nodes.map((one) => make("option", { value: one.id }, `${one.name} (${spelled(one.kind)})`)));
        told.textContent = found.entity ? described(found.entity) : `“${text}” ${found.reason}`;
      }), 200);
    });
  };
  for (const end of ["subject", "object"]) completing(byId(end), byId(`${end}s`), byId(`${end}-told`));
  const meant = async (input, name, known) => {
    const text = input.value.trim();
    if (text === known) return known;
    const { resolve: [found] } = await look(text);
    if (found.entity) return found.entity.id;
    input.focus();
    throw new Refused(`${name}: “${text}” ${found.reason}`);
  };

  // the setting: rows of what it is and which entity, or which text
  const TEXTS = ["extent", "dose"];
  let rows = 0;
  const addPart = (part, value, known) => {
    const row = byId("part").content.firstElementChild.cloneNode(true);
    const [select, input, list, told, remove] = ["select", "input", "datalist", "p", "button"].map((tag) => row.querySelector(tag));
    rows += 1;
    list.id = `part-${rows}`;
    told.id = `part-told-${rows}`;
    input.setAttribute("list", list.id);
    input.setAttribute("aria-describedby", told.id);
    select.value = part;
    input.value = value;
    input.dataset.known = value;
    told.textContent = known ? described(known) : "";
    completing(input, list, told, () => !TEXTS.includes(select.value));
    remove.addEventListener("click", () => { row.remove(); byId("add").focus(); });
    byId("setting").append(row);
    return input;
  };
  byId("add").addEventListener("click", () => addPart("disease", "").focus());
  const partsGiven = async () => {
    const context = {};
    const mechanisms = [];
    for (const row of byId("setting").children) {
      const [select, input] = ["select", "input"].map((tag) => row.querySelector(tag));
      const part = select.value;
      const name = spelled(part);
      if (!input.value.trim()) continue;
      if (part === "mechanisms") mechanisms.push(await meant(input, "acts through", input.dataset.known));
      else if (!TEXTS.includes(part)) context[part] = [...(context[part] ?? []), await meant(input, name, input.dataset.known)];
      else if (part in context) { input.focus(); throw new Refused(`${name}: there can be only one.`); }
      else context[part] = input.value.trim();
    }
    return { context, mechanisms };
  };
  const plain = (value) => JSON.stringify(Array.isArray(value) ? value : Object.entries(value).map(([name, one]) => [name, [one].flat().sort()]).sort());

  byId("edit").addEventListener("submit", (event) => {
    event.preventDefault();
    const item = items[at];
    guarded(async () => {
      const values = { negated: byId("negated").checked };
      for (const end of ["subject", "object"])
        values[end] = await meant(byId(end), end, item.proposal[end]);
      for (const [name, id] of Object.entries(FIELDS)) values[name] = byId(id).value.trim();
      const edits = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== item.proposal[name]));
      const parts = await partsGiven();
      for (const [name, none] of [["context", {}], ["mechanisms", []]])
        if (plain(parts[name]) !== plain(item.proposal[name] ?? none)) edits[name] = parts[name];
      if (!Object.keys(edits).length) throw new Refused("Nothing is changed; accept it, or go back with Esc.");
      const reason = byId("note").value.trim();
      await decide("edited", { edits, ...(reason ? { reason } : {}) });
    });
  });
  document.querySelectorAll("[data-back]").forEach((button) => button.addEventListener("click", back));

  // ---- keys and buttons -----------------------------------------------------------------------------------
  const help = byId("help");
  const ACTIONS = {
    a: () => decide("accepted"), e: edit, r: reject, u: undo,
    j: () => go(1), k: () => go(-1), "?": () => help.showModal(),
  };
  document.querySelectorAll("[data-key]").forEach((button) => button.addEventListener("click", () => ACTIONS[button.dataset.key]()));
  document.addEventListener("keydown", (event) => {
    const form = forms.find((one) => !one.hidden);
    if (event.key === "Escape" && form && !help.open) { event.preventDefault(); back(); return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) { event.preventDefault(); form.requestSubmit(); return; }
    if (help.open || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const action = ACTIONS[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", () => guarded(() => { tell(""); return load(); }));
  addEventListener("load", () => guarded(load));
})();
