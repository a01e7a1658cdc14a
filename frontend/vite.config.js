import { readFileSync } from "node:fs";
import { defineConfig } from "vite";
import { manifest } from "./scripts/manifest.js";


/** What no file imports: the favicon and the font of the cards, which get a hash, and the licences. */
function extras() {
  const read = (path) => readFileSync(new URL(path, import.meta.url));
  return {
    name: "dateline-extras",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "asset", name: "favicon.svg", source: read("art/favicon.svg") });
      this.emitFile({ type: "asset", name: "naskh-arabic.woff2", source: read("fonts/naskh-arabic.woff2") });
      for (const family of ["Public-Sans", "Source-Serif-4", "Noto-Naskh-Arabic"]) {
        const fileName = `OFL-${family}.txt`;
        this.emitFile({ type: "asset", fileName, source: read(`fonts/${fileName}`) });
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [extras(), manifest()],
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // data: URIs are refused by the pages' Content-Security-Policy
    modulePreload: false,
    // Safari 15.6 reads private members as well; named here, it would get them rewritten, a fifth of
    // the script, for a fault in fields that call arrow functions with defaults. We have none.
    target: ["chrome105", "firefox115", "safari16"],
    cssTarget: ["chrome105", "firefox115", "safari15.6"],
    rolldownOptions: {
      input: {
        live: "reader/live.ts",
        early: "reader/early.ts",
        page: "styles/page.css",
        around: "styles/around.css",
        player: "styles/player.css",
        "embed-frame": "embed/frame.css",
        "desk-pages": "styles/desk-pages.css",
        passkeys: "desk-pages/passkeys.ts",
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
