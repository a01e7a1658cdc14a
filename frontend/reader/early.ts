/**
 * Owns what has to be so before the first paint, so this file is loaded on its own and stops the
 * page for it: the reader's choice of scheme, and of newest or oldest first, kept in localStorage;
 * and their time.
 */
import { times } from "./times.ts";

const NAMES = ["light", "dark"];
const root = document.documentElement;

function kept(name: string): string {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return ""; // without storage the choice holds for this page
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {}
}

/** Who reads oldest first does so on each coverage, and where a link leads into one. */
function reorder(): void {
  const url = new URL(location.href);
  const { searchParams: asked } = url;
  if (!/^\/live\/[^/]+$/.test(url.pathname) || asked.has("order") || asked.has("at")) return;
  asked.set("order", "oldest");
  location.replace(url);
}

function show(scheme: string): void {
  root.dataset.scheme = scheme;
  document.querySelectorAll<HTMLMetaElement>("[name=theme-color]").forEach((meta, at) => {
    const own = `(prefers-color-scheme:${NAMES[at]})`;
    meta.media = NAMES.includes(scheme) ? (NAMES[at] === scheme ? "all" : "not all") : own;
  });
  for (const input of document.querySelectorAll<HTMLInputElement>("#scheme input")) {
    input.checked = input.value === scheme;
  }
}

if (kept("order")) reorder();
// Who comes back is told what they have missed: its line has its room from the beginning.
if (kept(`seen ${location.pathname.split("/")[2]}`)) root.dataset.back = "";
times();
show(kept("scheme"));
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector<HTMLElement>("#scheme")!;
  form.hidden = false;
  show(kept("scheme"));
  form.onchange = (event) => {
    const { value } = event.target as HTMLInputElement;
    show(value);
    keep("scheme", value);
  };
  const order = document.getElementById("order") as HTMLAnchorElement | null;
  order?.addEventListener("click", () => {
    keep("order", order.href.includes("order=") ? "oldest" : "");
  });
});
// Another tab has chosen, or this page comes out of the history with an older choice.
for (const change of ["storage", "pageshow"]) addEventListener(change, () => show(kept("scheme")));
