"use strict";
(() => {
  const data = JSON.parse(document.getElementById("view").textContent);
  const { nodes, edges, kinds, looks, slide } = data;
  // What is said of the graph is the larger part of the page: it is read when first asked for, not to draw.
  let read = null;
  const facts = () => {
    read ??= JSON.parse(document.getElementById("facts").textContent);
    return read;
  };
  const text = (place) => facts().text[place];
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const theme = slide.theme;
  const [areaX, areaY, areaWidth, areaHeight] = slide.area;

  // ---- facts as objects, read when asked for -------------------------------------------------------------
  const nodeFacts = (i) => {
    const [id, name, category, url, description, synonyms] = facts().nodes[i];
    return { id: text(id), name: text(name), category: text(category), url: text(url),
      description: text(description), synonyms: synonyms.map(text), kind: kinds[nodes[i].kind].word };
  };
  const edgeFacts = (i) => {
    const [id, words, direction, sources, publications, claims = []] = facts().edges[i];
    return { id: text(id), words: text(words), direction: text(direction), sources: sources.map(text),
      publications: publications.map((pair) => pair.map(text)), claims: claims.map(claimFacts) };
  };
  const claimFacts = ([id, statement, certainty, level, negated, place, quote, context, citations]) => ({
    id: text(id), statement: text(statement), certainty: text(certainty), level: text(level), negated,
    place: text(place), quote: text(quote), context: context.map((pair) => pair.map(text)),
    citations: citations.map(([label, title, status, note, doi, pmid, concerns]) => ({
      label: text(label), title: text(title), status: text(status), note: text(note),
      doi: doi.map(text), pmid: pmid.map(text), concerns: concerns.map(text) })),
  });
  const nameOf = (i) => text(facts().nodes[i][1]) || text(facts().nodes[i][0]);
  const wordsOf = (i) => text(facts().edges[i][1]);
  const sentence = (i) => {
    const look = looks[edges[i].look];
    const marks = [look.hedged ? "hedged" : "", look.negated ? "said not to hold" : ""].filter(Boolean).join(", ");
    return `${nameOf(edges[i].from)} ${wordsOf(i)} ${nameOf(edges[i].to)}${marks ? ` (${marks})` : ""}`;
  };
  const touching = nodes.map(() => []);
  edges.forEach((edge, i) => {
    touching[edge.from].push(i);
    if (edge.to !== edge.from) touching[edge.to].push(i);
  });

  // ---- state ---------------------------------------------------------------------------------------------
  const hiddenKinds = new Set();
  const hiddenWords = new Set();
  let found = null; // places of the nodes that the search names; null: no search
  let chosen = null; // place of the chosen node
  let near = null; // the chosen node with its neighbours, or the ends of the chosen relation
  let bright = null; // the relations that stay bright beside the choice
  const nodeShown = (i) => !hiddenKinds.has(nodes[i].kind);
  const wordsShown = (i) => !hiddenWords.size || !hiddenWords.has(facts().edges[i][1]);
  const edgeShown = (i) => wordsShown(i) && nodeShown(edges[i].from) && nodeShown(edges[i].to);
  const dimmed = (i) => (found ? !found.has(i) : near ? !near.has(i) : false);

  // ---- drawing -------------------------------------------------------------------------------------------
  const graph = byId("graph");
  const unit = () => graph.clientWidth / areaWidth; // screen pixels to a slide pixel
  const outline = (ctx, kind, x, y, radius) => {
    ctx.beginPath();
    if (!kind.points.length) ctx.arc(x, y, radius, 0, 2 * Math.PI);
    kind.points.forEach(([px, py], k) => ctx[k ? "lineTo" : "moveTo"](x + px * radius, y + py * radius));
    ctx.closePath();
  };
  const write = (ctx, lines, x, top, size, colour, bold) => {
    ctx.font = `${bold ? "bold " : ""}${size}px ${slide.face}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.lineJoin = "round";
    ctx.strokeStyle = theme.ground;
    ctx.lineWidth = size / 4;
    ctx.fillStyle = colour;
    const place = (k) => top + size * (0.9 + 1.16 * k);
    lines.forEach((line, k) => ctx.strokeText(line, x, place(k)));
    lines.forEach((line, k) => ctx.fillText(line, x, place(k)));
  };
  let enlarged = 1; // how far the reader has zoomed in; the same for a whole drawing
  const renderer = ({ ctx, id, x, y, state }) => {
    const kind = kinds[nodes[id].kind];
    const [wide, high] = kind.reach;
    const marked = state.selected || id === chosen;
    const faint = dimmed(id) && !marked;
    const labelled = nodes[id].label || marked || state.hover || enlarged > 1.8;
    return {
      nodeDimensions: { width: 2 * slide.radius * wide * 0.92, height: 2 * slide.radius * high * 0.92 },
      drawNode() {
        if (faint) { // the ground first, so that no line shows through
          outline(ctx, kind, x, y, slide.radius);
          ctx.fillStyle = theme.ground;
          ctx.fill();
          ctx.globalAlpha = 0.25;
        }
        if (marked || (found && found.has(id))) {
          outline(ctx, kind, x, y, slide.radius * 1.5);
          ctx.fillStyle = theme.mark;
          ctx.fill();
        }
        outline(ctx, kind, x, y, slide.radius);
        ctx.fillStyle = kind.fill;
        ctx.fill();
        ctx.strokeStyle = theme.border;
        ctx.lineWidth = slide.border;
        ctx.lineJoin = "round";
        ctx.stroke();
      },
      drawExternalLabel: labelled ? () => {
        const lines = nodes[id].label ? nodes[id].label.split("\n") : [nameOf(id)];
        const size = nodes[id].label ? slide.font : slide.font / Math.max(1, enlarged);
        const edge = slide.radius * high + 3;
        const top = nodes[id].above ? y - edge - lines.length * size * 1.16 : y + edge;
        if (faint) ctx.globalAlpha = 0.25;
        write(ctx, lines, x, top, size, theme.text, marked);
      } : null,
    };
  };
  const along = (edge, t) => {
    const { [edge.from]: a, [edge.to]: b } = network.body.nodes;
    const away = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const off = 4 * t * (1 - t) * (edge.bend || 0);
    return [a.x + (b.x - a.x) * t - ((b.y - a.y) / away) * off, a.y + (b.y - a.y) * t + ((b.x - a.x) / away) * off];
  };
  const cross = (ctx, edge, colour) => {
    const [x, y] = edge.top || along(edge, 0.5);
    const arm = slide.radius * 0.6;
    ctx.beginPath();
    ctx.moveTo(x - arm, y - arm);
    ctx.lineTo(x + arm, y + arm);
    ctx.moveTo(x + arm, y - arm);
    ctx.lineTo(x - arm, y + arm);
    ctx.strokeStyle = colour;
    ctx.lineWidth = slide.line * 1.3;
    ctx.stroke();
  };
  const overlay = (ctx) => {
    edges.forEach((edge, i) => {
      const look = looks[edge.look];
      if (!(look.negated || edge.tag) || !edgeShown(i)) return;
      ctx.save();
      if (bright && !bright.has(i)) ctx.globalAlpha = 0.25;
      if (look.negated) cross(ctx, edge, look.colour);
      if (edge.tag) {
        const [x, y] = along(edge, edge.tag);
        write(ctx, [wordsOf(i)], x, y - slide.tag * 0.56, slide.tag, theme.muted, false);
      }
      ctx.restore();
    });
  };

  const guides = (ctx) => {
    const { bands, lines, texts } = slide.guides;
    bands.forEach(([x, y, width, height, fill, border]) => {
      ctx.fillStyle = fill;
      ctx.fillRect(x, y, width, height);
      ctx.strokeStyle = border;
      ctx.lineWidth = 1;
      if (border) ctx.strokeRect(x, y, width, height);
    });
    ctx.strokeStyle = theme.line;
    lines.forEach(([x1, y1, x2, y2, width, dashes]) => {
      ctx.setLineDash(dashes);
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
      ctx.stroke();
    });
    ctx.setLineDash([]);
    ctx.fillStyle = theme.muted;
    ctx.textBaseline = "alphabetic";
    texts.forEach(([words, x, y, size, anchor, bold]) => {
      ctx.font = `${bold ? "bold " : ""}${size}px ${slide.face}`;
      ctx.textAlign = { start: "left", middle: "center", end: "right" }[anchor];
      ctx.fillText(words, x, y);
    });
  };

  const visNode = ({ id, x, y }) => ({ id, x, y, ctxRenderer: renderer });
  const ink = (edge, share) => {
    const [red, green, blue] = looks[edge.look].colour.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16));
    // with its opacity, so that vis need not make it of a colour and an opacity at each drawing
    const colour = `rgba(${red},${green},${blue},${slide.opacity * share})`;
    return { color: colour, highlight: colour, hover: colour, inherit: false };
  };
  const inks = looks.map((_, look) => ink({ look }, 1));
  const visEdge = (edge, i) => {
    const { head, dashes } = looks[edge.look];
    const drawn = { id: i, from: edge.from, to: edge.to, color: inks[edge.look] };
    if (head) drawn.arrows = { to: { enabled: true, type: head, scaleFactor: slide.head } };
    if (dashes) drawn.dashes = dashes;
    if (edge.round) drawn.smooth = { enabled: true, type: edge.bend > 0 ? "curvedCCW" : "curvedCW", roundness: edge.round };
    if (edge.loop) drawn.selfReference = { size: edge.loop[0], angle: edge.loop[1], renderBehindTheNode: false };
    return drawn;
  };
  const sets = { nodes: new vis.DataSet(nodes.map(visNode)), edges: new vis.DataSet(edges.map(visEdge)) };
  const network = new vis.Network(graph, { nodes: [{ id: 0 }], edges: [{ id: 0, from: 0, to: 0 }] }, data.options);
  // vis gives each node and edge a label's fonts and a tooltip's text at once; the labels are drawn above, and a
  // tooltip is written when it is shown.
  const classes = [network.body.nodes[0].constructor.prototype, network.body.edges[0].constructor.prototype];
  classes.forEach((of) => { of.updateLabelModule = () => {}; });
  [network.nodesHandler, network.edgesHandler].forEach(({ options }) => { options.font = { size: options.font.size }; });
  classes[0].getTitle = function title() { return `${nameOf(this.id)}\n${kinds[nodes[this.id].kind].word}`; };
  classes[1].getTitle = function title() { return sentence(this.id); };
  network.setData(sets);
  // A frame that has not been in sight yet has no width; the resize that gives it one comes here too.
  const frame = () => graph.clientWidth && network.moveTo({
    position: { x: areaX + areaWidth / 2, y: areaY + areaHeight / 2 }, scale: unit(), animation: false });
  network.on("beforeDrawing", (ctx) => {
    enlarged = network.getScale() / unit();
    if (slide.guides) guides(ctx);
  });
  network.on("afterDrawing", overlay);
  network.on("resize", frame);
  network.once("afterDrawing", () => { root.dataset.drawn = String(Math.round(performance.now())); });
  frame();
  window.mscevView = { network, sets };

  // ---- panel ---------------------------------------------------------------------------------------------
  const make = (name, content, ...classes) => {
    const element = document.createElement(name);
    if (content !== undefined) element.textContent = content;
    if (classes.length) element.className = classes.join(" ");
    return element;
  };
  const link = (label, url) => {
    if (!url) return make("span", label);
    const anchor = make("a", label);
    anchor.href = url;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    return anchor;
  };
  const rows = (pairs) => {
    const list = make("dl");
    pairs.filter(([, value]) => value && value.length !== 0).forEach(([term, value]) => {
      const place = make("dd");
      (Array.isArray(value) ? value : [value]).forEach((part, k) => {
        if (k) place.append("; ");
        place.append(part);
      });
      list.append(make("dt", term), place);
    });
    return list;
  };
  const say = (message) => { byId("status").textContent = message; };
  const panel = byId("panel");
  const openPanel = (open, focus) => {
    panel.hidden = !open;
    root.classList.toggle("open", open);
    byId("open").setAttribute("aria-expanded", String(open));
    if (open && !byId("results").firstChild) {
      filters();
      list();
    }
    if (focus) byId(open ? "search" : "open").focus();
  };
  const show = (title, ...parts) => {
    const detail = byId("detail");
    detail.replaceChildren(make("h2", title), ...parts);
    detail.hidden = false;
    openPanel(true, false);
    panel.scrollTop = 0;
  };
  const relationButton = (i) => {
    const item = make("li");
    const button = make("button", sentence(i));
    button.type = "button";
    button.addEventListener("click", () => { chooseEdge(i); byId("detail").focus(); });
    item.append(button);
    return item;
  };
  const showNode = (i) => {
    const node = nodeFacts(i);
    const list = make("ul", undefined, "plain");
    list.append(...touching[i].filter(edgeShown).map(relationButton));
    show(node.name || node.id, rows([
      ["kind", node.kind], ["identifier", link(node.id, node.url)], ["category", node.category],
      ["also called", node.synonyms.join("; ")], ["what it is", node.description]]),
    make("h3", touching[i].length ? "Relations" : "No relation in this picture"), list);
  };
  const citationPart = (citation) => {
    const part = make("p");
    part.append(make("strong", citation.label), " ", citation.title);
    if (citation.doi[0]) part.append(" DOI ", link(...citation.doi));
    if (citation.pmid[0]) part.append(" PMID ", link(...citation.pmid));
    [citation.status, ...citation.concerns, citation.note].filter(Boolean).forEach((remark) => {
      part.append(make("br"), make("span", remark, "warn"));
    });
    return part;
  };
  const claimPart = (claim) => {
    const part = make("div", undefined, "claim");
    part.append(make("p", claim.statement, "statement"));
    if (claim.negated) part.append(make("p", "The source says that this does not hold.", "warn"));
    part.append(rows([["certainty", claim.certainty], ["evidence", claim.level], ["place", claim.place],
      ...claim.context, ["claim", claim.id]]));
    if (claim.quote) part.append(make("blockquote", claim.quote));
    if (claim.citations.length) part.append(make("h3", "Cites"), ...claim.citations.map(citationPart));
    return part;
  };
  const showEdge = (i) => {
    const edge = edgeFacts(i);
    show(sentence(i), rows([["direction", edge.direction], ["sources", edge.sources.join("; ")],
      ["publications", edge.publications.map((pair) => link(...pair))], ["relation", edge.id]]),
    make("h3", edge.claims.length ? "What is said" : "No claim is stored with this relation"),
    ...edge.claims.map(claimPart));
  };

  // ---- choosing ------------------------------------------------------------------------------------------
  const dimEdges = (keep) => {
    if (edges.length <= 1500 && (keep || bright)) {
      sets.edges.update(edges.map((edge, i) => ({ id: i, color: ink(edge, !keep || keep.has(i) ? 1 : 0.25) })));
    }
    bright = keep;
  };
  const chooseNode = (i, facts_ = true) => {
    const relations = touching[i].filter(edgeShown);
    chosen = i;
    near = new Set([i, ...relations.flatMap((e) => [edges[e].from, edges[e].to])]);
    dimEdges(new Set(relations));
    network.selectNodes([i]);
    if (facts_) showNode(i);
    const count = near.size - 1;
    say(`${nameOf(i)}, ${kinds[nodes[i].kind].word}, ${count} ${count === 1 ? "neighbour" : "neighbours"}`);
    network.redraw();
  };
  const chooseEdge = (i) => {
    chosen = null;
    near = new Set([edges[i].from, edges[i].to]);
    dimEdges(new Set([i]));
    network.unselectAll();
    network.selectEdges([i]);
    showEdge(i);
    say(sentence(i));
    network.redraw();
  };
  const clear = () => {
    chosen = near = null;
    dimEdges(null);
    network.unselectAll();
    byId("detail").hidden = true;
    say("");
    network.redraw();
  };
  const labelAt = ({ x, y }) => {
    const positions = network.getPositions();
    const wide = slide.font * 3;
    return nodes.findIndex((node, i) => {
      const lines = node.label ? node.label.split("\n").length : 0;
      const below = (y - positions[i].y) * (node.above ? -1 : 1) - slide.radius;
      return lines && nodeShown(i) && below > 0 && below < lines * slide.font * 1.16 + 3 && Math.abs(x - positions[i].x) < wide;
    });
  };
  network.on("click", (event) => {
    const named = event.nodes.length ? event.nodes[0] : labelAt(event.pointer.canvas);
    if (named >= 0) chooseNode(named);
    else if (event.edges.length) chooseEdge(event.edges[0]);
    else clear();
  });

  // ---- search and filters --------------------------------------------------------------------------------
  const LISTED = 100;
  const list = () => {
    const places = nodes.map((_, i) => i).filter((i) => nodeShown(i) && (!found || found.has(i)));
    places.sort((a, b) => nameOf(a).localeCompare(nameOf(b), "en") || a - b);
    const items = places.slice(0, LISTED).map((i) => {
      const item = make("li");
      const button = make("button", nameOf(i));
      button.type = "button";
      button.append(make("small", kinds[nodes[i].kind].word));
      button.addEventListener("click", () => chooseNode(i));
      item.append(button);
      return item;
    });
    if (places.length > LISTED) items.push(make("li", `and ${places.length - LISTED} more: search to narrow the list`));
    byId("results").replaceChildren(...items);
    return places;
  };
  let haystack = null;
  const stacked = () => facts().nodes.map(([id, name, , , , synonyms]) =>
    [text(id), text(name), ...synonyms.map(text)].join("\n").toLowerCase());
  const search = () => {
    const wanted = byId("search").value.trim().toLowerCase();
    haystack ??= stacked();
    found = wanted ? new Set(nodes.map((_, i) => i).filter((i) => haystack[i].includes(wanted))) : null;
    const places = list();
    say(wanted ? `${places.length} of ${nodes.length} entities found` : "");
    network.redraw();
    return places;
  };
  const apply = () => {
    sets.nodes.update(nodes.map((_, i) => ({ id: i, hidden: !nodeShown(i) })));
    sets.edges.update(edges.map((_, i) => ({ id: i, hidden: !edgeShown(i) })));
    if (chosen !== null && !nodeShown(chosen)) clear();
    list();
    const shownNodes = nodes.filter((_, i) => nodeShown(i)).length;
    const shownEdges = edges.filter((_, i) => edgeShown(i)).length;
    say(`${shownNodes} of ${nodes.length} entities and ${shownEdges} of ${edges.length} relations shown`);
  };
  const checkboxes = (home, entries, hidden) => entries.forEach(([key, word, count]) => {
    const label = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", () => { hidden[box.checked ? "delete" : "add"](key); apply(); });
    label.append(box, make("span", `${word} (${count})`));
    byId(home).append(label);
  });
  const counted = (keys, word) => {
    const counts = new Map();
    keys.forEach((key) => counts.set(key, (counts.get(key) || 0) + 1));
    return [...counts].map(([key, count]) => [key, word(key), count]).sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
  };
  const filters = () => {
    checkboxes("kinds", counted(nodes.map((node) => node.kind), (kind) => kinds[kind].word), hiddenKinds);
    checkboxes("predicates", counted(facts().edges.map((edge) => edge[1]), text), hiddenWords);
  };
  byId("all").addEventListener("click", () => {
    hiddenKinds.clear();
    hiddenWords.clear();
    document.querySelectorAll("fieldset input").forEach((box) => { box.checked = true; });
    apply();
  });
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { const [first] = search(); if (first !== undefined) chooseNode(first); }
    if (event.key === "ArrowDown") { byId("results").querySelector("button")?.focus(); event.preventDefault(); }
  });
  byId("results").addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    (event.target.closest("li")[step]?.querySelector("button") || (step === "previousElementSibling" ? byId("search") : event.target)).focus();
    event.preventDefault();
  });

  // ---- tables for those who read ------------------------------------------------------------------------
  const table = (title, heads, lines) => {
    const element = make("table");
    const head = make("thead");
    const body = make("tbody");
    const top = make("tr");
    heads.forEach((word) => { const cell = make("th", word); cell.scope = "col"; top.append(cell); });
    head.append(top);
    lines.forEach((cells) => {
      const row = make("tr");
      cells.forEach((cell) => { const place = make("td"); place.append(cell); row.append(place); });
      body.append(row);
    });
    element.append(make("caption", title), head, body);
    return element;
  };
  byId("data").addEventListener("toggle", () => {
    if (byId("tables").firstChild) return;
    byId("tables").append(
      table(`${nodes.length} entities`, ["name", "kind", "identifier"], nodes.map((_, i) => {
        const node = nodeFacts(i);
        return [node.name, node.kind, link(node.id, node.url)];
      })),
      table(`${edges.length} relations`, ["subject", "relation", "object", "said"], edges.map((edge, i) => [
        nameOf(edge.from), wordsOf(i), nameOf(edge.to),
        edgeFacts(i).claims.map((claim) => claim.statement).join(" ")])));
  });

  // ---- keyboard ------------------------------------------------------------------------------------------
  const canvas = graph.querySelector(".vis-network");
  canvas.tabIndex = 0;
  // vis keeps the browser from doing it, and tells of a click only after a while
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "graph");
  canvas.setAttribute("aria-label", document.querySelector("meta[name=description]").content);
  canvas.setAttribute("aria-describedby", "keys");
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const step = (way) => {
    if (!nodes.some((_, i) => nodeShown(i))) return;
    if (chosen === null) { chooseNode(nodes.findIndex((_, i) => nodeShown(i)), false); return; }
    const positions = network.getPositions();
    const here = positions[chosen];
    const others = new Set(touching[chosen].filter(edgeShown).flatMap((e) => [edges[e].from, edges[e].to]));
    others.delete(chosen);
    let best = null;
    let least = Infinity;
    others.forEach((i) => {
      const dx = positions[i].x - here.x;
      const dy = positions[i].y - here.y;
      const ahead = dx * way[0] + dy * way[1];
      const cost = Math.hypot(dx, dy) + 2 * Math.abs(dx * way[1] + dy * way[0]);
      if (ahead > 0 && cost < least) { best = i; least = cost; }
    });
    if (best === null) say(`no neighbour of ${nameOf(chosen)} that way`);
    else chooseNode(best, !panel.hidden);
  };
  canvas.addEventListener("keydown", (event) => {
    if (WAYS[event.key] && !deckKey(event)) { step(WAYS[event.key]); event.preventDefault(); }
    if (event.key === "Enter" && chosen !== null) { showNode(chosen); byId("detail").focus(); event.preventDefault(); }
  });

  // ---- inside a deck: its keys are passed on, in the form that reveal.js hears --------------------------
  const framed = window.parent !== window;
  const turn = ({ key, shiftKey }) => ({ ArrowRight: "next", ArrowLeft: "prev", PageDown: "next", PageUp: "prev",
    " ": shiftKey ? "prev" : "next" })[key];
  const deckKey = (event) => {
    const mine = event.target.closest("#panel") || (event.key === " " && event.target.closest("button"))
      || event.ctrlKey || event.metaKey || event.altKey;
    const walking = chosen !== null && WAYS[event.key];
    return framed && !mine && !walking && turn(event);
  };
  const leave = () => {
    document.activeElement.blur();
    window.parent.focus();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { openPanel(true, true); event.preventDefault(); }
    const method = deckKey(event);
    if (method) {
      window.parent.postMessage(JSON.stringify({ method }), "*"); // nothing in it is secret; the deck's origin is unknown
      event.preventDefault();
    }
    if (event.key !== "Escape") return;
    if (!byId("detail").hidden || chosen !== null) clear();
    else if (!panel.hidden) openPanel(false, true);
    else if (framed) leave();
  });
  byId("open").addEventListener("click", () => openPanel(true, true));
  byId("close").addEventListener("click", () => openPanel(false, true));
  byId("zoom").addEventListener("click", (event) => {
    const factor = Number(event.target.dataset.zoom);
    if (factor) network.moveTo({ scale: network.getScale() * factor });
    else frame();
  });
})();
