/**
 * Owns the link under the stream: what follows comes into this page instead of in its place. The
 * address goes along while the reader is down there, so a reload or a shared link shows the same.
 */
import type { Page } from "./apply.ts";
import { isPlain } from "./clicks.ts";
import { focusOn } from "./steady.ts";
import { loading } from "./words.ts";

/** A page may be behind this one when updates come that fast, or a cache is slow. */
const TRIES = 3;
const PAGER = "#stream ~ .pager";

export function onward(main: HTMLElement, page: Page): void {
  const home = location.href;
  let gone = false;

  main.addEventListener("click", async (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(`${PAGER} a`);
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    if (link.ariaBusy) return;
    link.ariaBusy = "true";
    link.textContent = loading();
    const first = await load(link).catch(() => undefined);
    if (!first) {
      location.href = link.href;
      return;
    }
    focusOn(first);
    history.replaceState(null, "", link.href);
    gone = true;
  });

  addEventListener("scroll", () => {
    if (!gone || scrollY > 8) return;
    history.replaceState(null, "", home);
    gone = false;
  }, { passive: true });

  async function load(link: HTMLAnchorElement): Promise<HTMLElement | undefined> {
    for (let tries = TRIES; tries; tries -= 1) {
      const answer = await fetch(link.href, { cache: "no-cache" });
      const other = new DOMParser().parseFromString(await answer.text(), "text/html");
      const first = page.extend(other.querySelector<HTMLElement>("#coverage")!);
      if (!first) continue;
      link.parentElement!.replaceWith(...other.querySelectorAll(PAGER));
      return first;
    }
    return undefined;
  }
}
