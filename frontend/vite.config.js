import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

// Fixed names of the files that templates ask for, whatever hash they carry.
const NAMED = /^(.+)-[\w-]{8}(\.woff2|\.js|\.css|\.svg)$/;

/** Writes manifest.json: the name a template uses -> the file that was built. */
function manifest() {
  return {
    name: "dateline-manifest",
    apply: "build",
    enforce: "post", // after Vite has dropped the empty script of page.css
    generateBundle(_options, bundle) {
      const files = {};
      for (const file of Object.keys(bundle).sort()) {
        const parts = NAMED.exec(file);
        if (parts) files[parts[1] + parts[2]] = file;
      }
      const source = JSON.stringify(files, null, 2) + "\n";
      this.emitFile({ type: "asset", fileName: "manifest.json", source });
    },
  };
}

/** What no file imports: the favicon, which gets a hash, and the licences that go with the fonts. */
function extras() {
  const read = (path) => readFileSync(new URL(path, import.meta.url));
  return {
    name: "dateline-extras",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "asset", name: "favicon.svg", source: read("art/favicon.svg") });
      for (const fileName of ["OFL-Public-Sans.txt", "OFL-Source-Serif-4.txt"]) {
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
    target: ["chrome105", "firefox115", "safari15.6"],
    rolldownOptions: {
      input: {
        live: "reader/live.ts",
        early: "reader/early.ts",
        page: "styles/page.css",
        "desk-pages": "styles/desk-pages.css",
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
