// Fails the build when what a reader loads outgrows its budget (bytes, gzip -9).
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FOLDER = new URL("../../src/dateline/web/static/", import.meta.url);
const BUDGETS = [
  { what: "live.js", max: 8.75 * 1024 },
  { what: "early.js", max: 1536 }, // holds the first paint back
  { what: "embed-live.js", max: 6 * 1024 }, // on somebody else's page, style included
  { what: "embed-frame.js", max: 6 * 1024 },
  { what: "embed-resize.js", max: 768 },
  { what: "page.css", max: 6.5 * 1024 },
];
// All that a first visit to the desk loads before somebody can write, fonts included.
const DESK = ["desk.js", "desk-editor.js", "desk.css"];
const DESK_MAX = 250 * 1024;
const FONTS_MAX = 60 * 1024; // all that a page in a Western European language can load

const files = JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8"));
let failed = false;

function report(what, size, max) {
  const over = size > max;
  failed ||= over;
  console.log(`${over ? "TOO BIG" : "ok     "} ${what.padEnd(18)} ${size} of ${max} bytes`);
}

const packed = (what) =>
  gzipSync(readFileSync(new URL(files[what], FOLDER)), { level: 9 }).length;
for (const { what, max } of BUDGETS) report(what, packed(what), max);
const fonts = readdirSync(FOLDER).filter((name) => /-latin-.*\.woff2$/.test(name));
const total = fonts.reduce((sum, name) => sum + readFileSync(new URL(name, FOLDER)).length, 0);
report("fonts (latin)", total, FONTS_MAX);
report("desk, first load", DESK.reduce((sum, what) => sum + packed(what), total), DESK_MAX);
process.exit(failed ? 1 : 0);
