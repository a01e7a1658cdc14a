/** Owns what the reader has in hand: the line being read and the focus stay while the page changes. */

const FOCUSABLE = "a[href],button,[tabindex]";
const QUIETLY = { preventScroll: true };

/** Above this the reader is at the head of the page, and the page may grow downwards. */
export const AT_TOP = 80;

/**
 * Runs `change` so that what is being read stays where it is: the first article that begins in
 * view and isn't `moving` itself, else the one that fills the view, also as its own successor.
 */
export function steady(main: HTMLElement, moving: Element | null, change: () => void): void {
  const top = (article: Element): number => article.getBoundingClientRect().top;
  const articles = scrollY < AT_TOP ? [] : [...main.querySelectorAll("article")];
  const anchor =
    articles.find((one) => one !== moving && top(one) >= 0 && top(one) < innerHeight) ??
    articles.find((one) => one.getBoundingClientRect().bottom > 0);
  const before = anchor ? top(anchor) : 0;
  // The browser's own anchoring would correct a second time.
  main.style.overflowAnchor = "none";
  change();
  const after = anchor && document.getElementById(anchor.id);
  if (after) scrollBy({ top: top(after) - before, behavior: "instant" });
  requestAnimationFrame(() => {
    main.style.overflowAnchor = "";
  });
}

/** Puts `next` in the place that `put` chooses for it, and the focus where it was in `old`. */
export function swap(old: Element, next: Element, put: () => void): void {
  const active = document.activeElement;
  const held = active && old.contains(active) ? active : null;
  const stop = held ? [...old.querySelectorAll(FOCUSABLE)].indexOf(held) : -1;
  put();
  if (!held) return;
  if (held === old) {
    focusOn(next as HTMLElement);
    return;
  }
  const stops = [...next.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const href = held.getAttribute("href");
  // An article has its own address twice: the one in the same place comes first.
  const same = [stops[stop], ...stops].find((one) => one?.getAttribute("href") === href);
  (same ?? stops[stop] ?? stops[0])?.focus(QUIETLY);
}

/** Puts what stands in `section` into this order; the focus stays where it is. */
export function arrange(section: HTMLElement, wanted: readonly HTMLElement[]): void {
  const root = section.getRootNode() as Document | ShadowRoot;
  const active = root.activeElement as HTMLElement | null;
  wanted.forEach((one, n) => {
    const there = section.children[n];
    if (there !== one) section.insertBefore(one, there ?? null);
  });
  if (active && active !== root.activeElement) focusOn(active);
}

/** Puts the focus on what bears none by itself, for as long as it stays there. */
export function focusOn(element: HTMLElement): void {
  if (!element.matches(FOCUSABLE)) {
    element.tabIndex = -1;
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  }
  element.focus(QUIETLY);
}
