import { defineConfig } from "vite";

// The service worker is one plain script: not every browser takes modules there. It has a fixed
// name, because the server hands it out under an address of its own (web/desk/app.py).
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: false,
    target: ["chrome111", "firefox115", "safari16.4"],
    rolldownOptions: {
      input: { "desk-worker": "desk/worker.ts" },
      output: { format: "iife", entryFileNames: "[name].js" },
    },
  },
});
