/**
 * Owns the reader's choice between light, dark and what the device says: made before the first
 * paint, so this file is loaded on its own and stops the page for it; kept in localStorage.
 */
const NAMES = ["light", "dark"];
const root = document.documentElement;

function kept(): string {
  try {
    return localStorage.getItem("scheme") ?? "";
  } catch {
    return ""; // without storage the choice holds for this page
  }
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

show(kept());
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector<HTMLElement>("#scheme")!;
  form.hidden = false;
  show(kept());
  form.onchange = (event) => {
    const { value } = event.target as HTMLInputElement;
    show(value);
    try {
      localStorage.setItem("scheme", value);
    } catch {}
  };
});
// Another tab has chosen, or this page comes out of the history with an older choice.
for (const change of ["storage", "pageshow"]) addEventListener(change, () => show(kept()));
