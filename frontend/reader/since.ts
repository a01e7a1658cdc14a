/**
 * Owns "Since 14:05: 12 updates, 2 of them key". What was seen, and when, is kept in this browser
 * and nowhere else; the server is asked about a seq. The line's room is kept by early.ts.
 */
import type { Page } from "./apply.ts";
import { locale } from "./speech.ts";
import { fresh, hereAt, missed, sinceAt } from "./words.ts";

interface Missed {
  count: number;
  keys: number;
  first: string;
}

export function since(slug: string, seq: number, page: Page, line: HTMLElement | null): void {
  const name = `seen ${slug}`;
  const [seen = 0, time = 0] = kept();
  if (line && seen) void show(line);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());

  function kept(): number[] {
    try {
      return (localStorage.getItem(name) ?? "").split(" ").map(Number);
    } catch {
      return []; // without storage every visit is the first
    }
  }

  function keep(): void {
    const now = page.seen;
    if (!page.isHead && now <= (kept()[0] ?? 0)) return;
    try {
      localStorage.setItem(name, `${now} ${Date.now()}`);
    } catch {}
  }

  async function show(line: HTMLElement): Promise<void> {
    const at = moment(new Date(time), new Date(), locale());
    line.textContent = hereAt(at);
    if (seen >= seq) return;
    const answer = await fetch(`/live/${slug}/since/${seen}`);
    const { count, keys, first } = (await answer.json()) as Missed;
    if (!count) return;
    const id = `p-${first.split("/").pop()}`;
    const link = document.createElement("a");
    link.href = document.getElementById(id) ? `#${id}` : first;
    link.textContent = missed(count, keys);
    line.replaceChildren(sinceAt(at), " ", link);
    for (const entry of document.querySelectorAll<HTMLElement>("#keys li")) {
      const when = entry.querySelector("time");
      if (when && Number(entry.dataset.order) > seen) when.dataset.new = fresh();
    }
  }
}

/** 14:05, or 12 June, 14:05 where that was not today. */
export function moment(at: Date, now: Date, tag: string): string {
  const isToday = at.toDateString() === now.toDateString();
  const day = isToday ? {} : ({ day: "numeric", month: "long" } as const);
  return at.toLocaleString(tag, { ...day, hour: "2-digit", minute: "2-digit" });
}
