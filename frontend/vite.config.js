import { defineConfig } from "vite";

// Fixed names of the files that templates ask for, whatever hash they carry.
const NAMED = /^(.+)-[\w-]{8}(\.woff2|\.js|\.css|\.svg)$/;

/** Writes manifest.json: the name a template uses -> the file that was built. */
function manifest() {
  return {
    name: "dateline-manifest",
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

/** The favicon is no import of anything: it joins the build here, to get its hash. */
function favicon() {
  return {
    name: "dateline-favicon",
    async buildStart() {
      const source = await this.fs.readFile(new URL("art/favicon.svg", import.meta.url).pathname);
      this.emitFile({ type: "asset", name: "favicon.svg", source });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [favicon(), manifest()],
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // data: URIs are refused by the pages' Content-Security-Policy
    modulePreload: false,
    target: ["chrome105", "firefox115", "safari15.6"],
    rolldownOptions: {
      input: { live: "reader/live.ts", page: "styles/page.css" },
      output: {
        entryFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
