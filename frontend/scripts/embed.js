// Builds the scripts for other people's pages: each one file, since a page names one address and
// may allow no more. Their names, with a hash, go into the manifest beside the reader's.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "vite";

const ROOT = new URL("..", import.meta.url).pathname;
const FOLDER = new URL("../../src/dateline/web/static/", import.meta.url).pathname;
const MANIFEST = `${FOLDER}manifest.json`;
const SCRIPTS = ["live", "frame", "resize"];

const files = JSON.parse(readFileSync(MANIFEST, "utf8"));
for (const name of SCRIPTS) {
  const { output } = await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: "warn",
    build: {
      outDir: FOLDER,
      emptyOutDir: false,
      modulePreload: false,
      target: ["chrome105", "firefox115", "safari16"],
      rolldownOptions: {
        input: `${ROOT}embed/${name}.ts`,
        output: { format: "iife", entryFileNames: `embed-${name}-[hash].js` },
      },
    },
  });
  files[`embed-${name}.js`] = output[0].fileName;
}
const sorted = Object.fromEntries(Object.entries(files).sort());
writeFileSync(MANIFEST, JSON.stringify(sorted, null, 2) + "\n");
