// What templates ask for by name, and under which hash it was built.
import { existsSync, readFileSync } from "node:fs";

const BUILT = new URL("../../src/dateline/web/static/manifest.json", import.meta.url);
const NAMED = /^(.+)-[\w-]{8}(\.woff2|\.js|\.css|\.svg)$/;

/** Writes manifest.json: the name a template uses -> the file that was built. `adds`: to what an
 * earlier build has written there. */
export function manifest({ adds = false } = {}) {
  return {
    name: "dateline-manifest",
    apply: "build",
    enforce: "post", // after Vite has dropped the empty script of page.css
    generateBundle(_options, bundle) {
      const files = adds && existsSync(BUILT) ? JSON.parse(readFileSync(BUILT, "utf8")) : {};
      for (const file of Object.keys(bundle).sort()) {
        const parts = NAMED.exec(file);
        if (parts) files[parts[1] + parts[2]] = file;
      }
      const source = JSON.stringify(files, null, 2) + "\n";
      this.emitFile({ type: "asset", fileName: "manifest.json", source });
    },
  };
}
