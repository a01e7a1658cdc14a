/**
 * Owns topics and hours on an open page: asked for anew at most every half minute, once something
 * has changed. They stand above what is read, so what would move it waits until it is out of sight,
 * until nobody looks, or until an update that comes in at the top, or the reader who opens the hours,
 * moves it anyhow. The counts of what is there already don't wait.
 */
import { byId, parse, seqOf } from "./articles.ts";
import type { Ledger } from "./ledger.ts";
import { jitter, SECOND } from "./pace.ts";
import { steady, swap } from "./steady.ts";

const GAP = 30 * SECOND;

export function finding(main: HTMLElement, ledger: Ledger, paused: () => boolean) {
  // As the page was loaded: its address may go along with the reader (onward.ts).
  const url = `/live/${main.dataset.slug}/finding${location.search}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: HTMLElement | undefined;
  let urgent = false;

  /** `goes`: a name may stand there that has to go, whatever moves for it. */
  function changed(goes = false): void {
    urgent ||= goes;
    if (goes) clearTimeout(timer);
    if (goes || !timer) timer = setTimeout(() => void ask(), jitter(urgent ? SECOND : GAP));
  }

  async function ask(): Promise<void> {
    timer = undefined;
    if (!urgent && (document.hidden || paused())) return changed();
    const answer = await fetch(url, { cache: "no-cache" }).catch(() => undefined);
    const next = answer?.ok ? parse(await answer.text()) : null;
    if (!next) return changed();
    waiting = next;
    settle(urgent);
    urgent &&= seqOf(next) < ledger.last; // a cache may know less than this page
    if (seqOf(next) < ledger.last) changed();
  }

  /** `moves`: all that stands below moves at this moment as well. */
  function settle(moves: boolean): void {
    const next = waiting;
    if (!next) return;
    const old = byId("finding");
    const height = old.offsetHeight;
    const free = moves || !isSeen();
    if (old.querySelector("details")?.open) next.querySelector("details")?.setAttribute("open", "");
    put(old, next);
    if (free || next.offsetHeight === height) {
      waiting = undefined;
      return;
    }
    const kept = recounted(old, next);
    put(next, kept);
    if (kept.offsetHeight !== height) put(kept, old);
  }

  function isSeen(): boolean {
    const { top, bottom } = byId("finding").getBoundingClientRect();
    return bottom > 0 && top < innerHeight && !document.hidden;
  }

  function put(old: HTMLElement, next: HTMLElement): void {
    steady(main, null, () => swap(old, next, () => old.replaceWith(next)));
  }

  for (const gone of ["visibilitychange", "scrollend"]) {
    document.addEventListener(gone, () => isSeen() || settle(false));
  }
  main.addEventListener("click", ({ target }) => {
    // Once they are open: what stands there then takes that over.
    if ((target as Element).closest("#hours summary")) setTimeout(() => settle(true));
  });
  return { changed, settle };
}

/** What is there, with the counts that it has in `next`. */
function recounted(old: HTMLElement, next: HTMLElement): HTMLElement {
  const made = old.cloneNode(true) as HTMLElement;
  for (const entry of made.querySelectorAll("li")) {
    const href = entry.querySelector("a")!.getAttribute("href")!;
    const now = next.querySelector(`[href="${CSS.escape(href)}"] + span`);
    if (now) entry.querySelector("a + span")!.replaceWith(now.cloneNode(true));
  }
  return made;
}
