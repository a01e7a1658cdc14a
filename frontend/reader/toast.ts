/** Owns the button that says what waits, and what a press on it does. */
import { byId, type Page } from "./apply.ts";

/** `away`: where the new updates stand, if not on this page. */
export function toast(button: HTMLButtonElement, page: Page, away: string) {
  /** Shows what waited, from the top; the focus goes on from there. */
  function open(): void {
    if (away) {
      location.href = away;
      return;
    }
    const newest = page.release();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    byId("updates").scrollIntoView({ behavior: calm ? "instant" : "smooth" });
    newest?.querySelector("a")?.focus({ preventScroll: true });
  }

  button.addEventListener("click", open);
  // Who has come back to the very top by themselves has asked for the newest as well.
  addEventListener("scroll", () => scrollY < 8 && page.waiting && page.release(), {
    passive: true,
  });

  return {
    show(words: string): void {
      button.hidden = !words;
      button.textContent = words;
    },
  };
}
