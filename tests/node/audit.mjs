// node audit.mjs URL: run the GraphQL-over-HTTP audits against a service, print one line of JSON.
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
if (!url) throw new Error("usage: node audit.mjs URL");

const report = { ok: 0, notice: 0, warn: 0, error: 0, failing: [] };
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const { id, name, status, reason } = await audit.fn();
  report[status] += 1;
  if (status !== "ok") report.failing.push({ id, name, status, reason });
}
console.log(JSON.stringify(report));
