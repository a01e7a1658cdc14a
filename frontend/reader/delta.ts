/** Owns catching up: `GET /live/{slug}/changes/{n}`, page by page, until nothing is left. */
import type { Changes } from "./frames.ts";

/** `changed`: something came; `refused`: this page's epoch or seq is no longer known there. */
export type Outcome = "changed" | "same" | "refused" | "failed";

const NOT_FINAL = [408, 425, 429];

export async function catchUp(
  url: string,
  take: (changes: Changes) => void,
  heard: (now: number) => void = () => undefined,
  get: typeof fetch = fetch,
): Promise<Outcome> {
  let outcome: Outcome = "same";
  try {
    for (let next: string | null = url; next; ) {
      const response = await get(next);
      const { status } = response;
      heard(Date.parse(response.headers.get("date") ?? ""));
      if (status >= 400 && status < 500 && !NOT_FINAL.includes(status)) return "refused";
      if (!response.ok) return "failed";
      const changes = (await response.json()) as Changes;
      take(changes);
      if (changes.changes.length) outcome = "changed";
      next = changes.next;
    }
    return outcome;
  } catch {
    return "failed";
  }
}
