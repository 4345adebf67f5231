"use strict";
(() => {
  const byId = (id) => document.getElementById(id);

  // ---- results as one types ------------------------------------------------------------------------------
  const ask = byId("ask");
  const search = () => {
    const input = byId("q");
    const kind = byId("kind");
    let waiting, latest;
    const run = async () => {
      const asked = new URLSearchParams([["q", input.value.trim()], ["kind", kind.value]].filter(([, v]) => v));
      const address = asked.size ? `/?${asked}` : "/";
      latest?.abort();
      latest = new AbortController();
      try {
        const answer = await fetch(address, { signal: latest.signal, headers: { accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const results = page.getElementById("results");
        byId("told").textContent = results ? results.dataset.told : page.querySelector("main p").textContent;
        if (!results) return;
        byId("results").replaceWith(results);
        page.querySelectorAll("pre[id]").forEach((text) => { byId(text.id).textContent = text.textContent; });
        document.title = page.title;
        history.replaceState(null, "", address);
      } catch (error) {
        if (error.name !== "AbortError") byId("told").textContent = "The service does not answer.";
      }
    };
    const later = () => { clearTimeout(waiting); waiting = setTimeout(run, 200); };
    input.addEventListener("input", later);
    kind.addEventListener("change", later);
    ask.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); run(); });
  };
  if (ask) search();

  // ---- copy ----------------------------------------------------------------------------------------------
  const copied = async (source) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(source.textContent);
    source.closest("details").open = true; // an address without TLS has no clipboard but the old one
    getSelection().selectAllChildren(source);
    if (!document.execCommand("copy")) throw new Error("not copied");
  };
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await copied(byId(button.dataset.copy));
        button.textContent = "Copied";
      } catch {
        byId(button.dataset.copy).closest("details").open = true;
        byId(button.dataset.copy).focus();
        button.textContent = "Copy it from below";
      }
      setTimeout(() => { button.textContent = words; }, 2500);
    });
  });

  // ---- the picture, in the colours of the page ------------------------------------------------------------
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelectorAll("[data-frame]").forEach((home) => {
    const frame = document.createElement("iframe");
    const draw = () => { frame.src = `${home.dataset.frame}&theme=${dark.matches ? "dark" : "light"}`; };
    frame.title = home.dataset.title;
    frame.setAttribute("sandbox", "allow-scripts");
    dark.addEventListener("change", draw);
    draw();
    home.append(frame);
  });

  // ---- paper shows what the screen folds -----------------------------------------------------------------
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details.evidence:not([open])")];
    folded.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((part) => { part.open = false; }));
})();
