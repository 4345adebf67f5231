"use strict";
// Cypher for the editor: which word is drawn how, and what completes it.
const CypherLanguage = (() => {
  const words = (text) => text.trim().split(/\s+/);
  const KEYWORDS = words(`
    ALL AND ANY AS ASC ASCENDING BY CALL CASE COLLECT CONTAINS COUNT DESC DESCENDING DISTINCT ELSE END ENDS EXISTS
    IN IS LIMIT MATCH NONE NOT NULL OPTIONAL OR ORDER RETURN SHORTEST SINGLE SKIP STARTS THEN TYPED UNION UNWIND
    WHEN WHERE WITH XOR YIELD`);
  const FUNCTIONS = words(`
    abs all any avg ceil coalesce collect count elementId endNode exists floor head isEmpty keys labels last length
    max min nodes none percentileCont properties range reduce relationships replace reverse round single size split
    startNode substring sum tail toFloat toInteger toLower toString toUpper trim type`);
  const VALUES = ["true", "false", "null"];
  const isKeyword = new Set(KEYWORDS);

  // Brackets are kept in a stack: a colon names a label or type in ( and [, and a value in {.
  const token = (stream, state) => {
    const name = state.name;
    state.name = false;
    if (state.comment) {
      state.comment = !stream.match(/^.*?\*\//);
      if (state.comment) stream.skipToEnd();
      return "comment";
    }
    if (stream.eatSpace()) { state.name = name; return null; }
    if (stream.match("//")) { stream.skipToEnd(); return "comment"; }
    if (stream.match("/*")) { state.comment = true; return "comment"; }
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/) || stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^\$[\w]+/)) return "atom";
    if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
    const word = stream.match(/^(?:[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*|`[^`]*`)/);
    if (word) {
      if (name) { state.name = name === "label" && stream.match(/^\s*[|&]\s*:?/, true) ? "label" : false; return name === "label" ? "typeName" : "propertyName"; }
      if (VALUES.includes(word[0].toLowerCase())) return "bool";
      return isKeyword.has(word[0].toUpperCase()) && !stream.match(/^\s*:/, false) ? "keyword" : "variableName";
    }
    const sign = stream.next();
    if ("([{".includes(sign)) state.open.push(sign);
    else if (")]}".includes(sign)) state.open.pop();
    else if (sign === ".") state.name = "property";
    else if (sign === ":" && state.open.at(-1) !== "{") state.name = "label";
    return null;
  };

  const { StreamLanguage } = CodeMirror;
  const language = StreamLanguage.define({
    name: "cypher",
    startState: () => ({ open: [], name: false, comment: false }),
    copyState: (state) => ({ ...state, open: [...state.open] }),
    token,
    languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } },
  });

  const OPEN = { ")": "(", "]": "[", "}": "{" };
  // The bracket that is open at the end of a text; what stands in strings and comments does not count.
  const bracket = (text) => {
    const open = [];
    for (const sign of text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\/\/.*/g, "")) {
      if ("([{".includes(sign)) open.push(sign);
      else if (OPEN[sign] === open.at(-1) && OPEN[sign]) open.pop();
    }
    return open.at(-1);
  };

  const typed = (options, type) => options.map((option) => ({ ...option, type }));
  const plain = (names, type) => names.map((label) => ({ label, type }));

  // What may stand at the place: after a colon labels or types, after a dot or in braces properties, else words.
  const completion = (known, parameters) => {
    const properties = typed(known.properties, "property");
    const labels = typed(known.labels, "class");
    const types = typed(known.types, "type");
    const others = [...plain(KEYWORDS, "keyword"), ...plain(FUNCTIONS, "function")];
    return (context) => {
      const before = context.state.sliceDoc(0, context.pos);
      const word = context.matchBefore(/[\w\u00c0-\uffff]*/);
      const text = before.slice(0, before.length - word.text.length);
      const answer = (options, validFor = /^\w*$/) => ({ from: word.from, options, validFor });
      if (/(^|[^'\\])'[^']*$/.test(before.split("\n").at(-1).replace(/'(?:[^'\\]|\\.)*'/g, ""))) return null;
      if (text.endsWith("$")) return answer(plain(parameters(), "variable"));
      const open = bracket(text);
      if (/[:|&!]\s*$/.test(text) && open === "[") return answer(types);
      if (/[:|&!]\s*$/.test(text) && open !== "{") return answer(labels);
      if (/\w\.$/.test(text) || (open === "{" && /[{,]\s*\.?$/.test(text))) return answer(properties);
      if (!word.text && !context.explicit) return null;
      const variables = [...new Set(before.match(/(?<=[([])[A-Za-z_]\w*/g) ?? [])].filter((name) => name !== word.text);
      return answer([...plain(variables, "variable"), ...others]);
    };
  };

  return { language, completion };
})();
