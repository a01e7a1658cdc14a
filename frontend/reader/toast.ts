/** Owns the button that says what waits, and what a press on it does. */
import type { Page } from "./apply.ts";
import { byId } from "./articles.ts";

/** `away`: where the new updates stand, when not on this page. */
export function toast(button: HTMLButtonElement, page: Page, away: string) {
  /** Shows what waited, from the top; the focus goes on from there. */
  function open(): void {
    if (!page.isHead) {
      location.href = away;
      return;
    }
    const first = page.release();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const to = page.oldest ? first : byId("updates");
    to?.scrollIntoView({ behavior: calm ? "instant" : "smooth" });
    first?.querySelector("a")?.focus({ preventScroll: true });
  }

  button.addEventListener("click", open);
  // Who has come back to where the new ones stand has asked for them as well.
  addEventListener("scroll", () => page.isAwaited && page.release(), { passive: true });

  return {
    show(words: string): void {
      button.hidden = !words;
      button.textContent = words;
    },
  };
}
