import { defineConfig } from "vite";
import { manifest } from "./scripts/manifest.js";

// A build of its own: what the desk shares with the reader's script must not become a file that
// every reader has to load.
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [manifest({ adds: true })],
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: false,
    assetsInlineLimit: 0, // data: URIs are refused by the pages' Content-Security-Policy
    modulePreload: false,
    target: ["chrome111", "firefox115", "safari16.4"],
    rolldownOptions: {
      input: { desk: "desk/desk.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "desk-[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
