/** Where one is in the application, as its address says. */

export type View = "write" | "queue" | "page" | "posts" | "replay" | "running";
/** The screens that are about the whole house; parts/screens.ts has what each shows. */
export const HOUSE = ["new", "pictures", "people", "audit"] as const;
export type House = (typeof HOUSE)[number];
export type Address =
  | { at: "front" }
  | { at: House }
  | { at: "coverage"; slug: string; view: View; paper: string };

const VIEWS: View[] = ["write", "queue", "page", "posts", "replay", "running"];
/** Views in which what follows in the address is a draft; elsewhere it is a post, or nothing. */
export const DESK: readonly View[] = ["write", "queue", "page"];
const COVERAGE = /^\/desk\/coverages\/([a-z0-9-]+)(?:\/([a-z]+))?(?:\/([0-9a-f-]{36}))?\/?$/;

export function parse(path: string): Address {
  const found = COVERAGE.exec(path);
  if (!found) return { at: houseAt(path) ?? "front" };
  const view = VIEWS.find((one) => one === found[2]) ?? "write";
  return { at: "coverage", slug: found[1]!, view, paper: found[3] ?? "" };
}

/** Whether the application itself shows what is there: not the sign-in and its like. */
export function isScreen(path: string): boolean {
  return /^\/desk\/?$/.test(path) || COVERAGE.test(path) || houseAt(path) !== undefined;
}

function houseAt(path: string): House | undefined {
  return HOUSE.find((one) => path.replace(/\/$/, "") === `/desk/${one}`);
}

export function pathOf(slug: string, view: View = "write", paper = ""): string {
  return `/desk/coverages/${slug}/${view}${paper ? `/${paper}` : ""}`;
}

export function go(path: string, replaces = false): void {
  if (path === location.pathname) return;
  if (replaces) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}

/** Links within the application do not load the page anew. */
export function followLinks(): void {
  addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    const is_plain = !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !is_plain || event.button || link.target || link.origin !== location.origin) return;
    if (!isScreen(link.pathname)) return;
    event.preventDefault();
    go(link.pathname);
  });
}
