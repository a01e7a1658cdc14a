/** Owns the words that the script says by itself: each in `_` or `counted`, for the catalogues. */
import { _, counted, since } from "./speech.ts";

export type Link = "connecting" | "live" | "reconnecting" | "polling" | "ended";

export const loading = (): string => _("Loading…");
export const copied = (): string => _("Link copied");
export const nowWord = (): string => _("Now");
export const fresh = (): string => _("New");

export function newUpdates(count: number): string {
  return counted(count, "%(num)s new update", "%(num)s new updates");
}

/** What a reader who comes back has missed, behind the words of `sinceAt`. */
export function missed(count: number, keys: number): string {
  const updates = counted(count, "%(num)s update", "%(num)s updates");
  if (!keys) return updates;
  const of = _("%(updates)s, %(keys)s of them key").replace("%(updates)s", updates);
  return of.replace("%(keys)s", String(keys));
}

export function sinceAt(at: string): string {
  return _("Since %(time)s:").replace("%(time)s", at);
}

/** True however long it stands there. */
export function hereAt(at: string): string {
  return _("Your last visit: %(time)s").replace("%(time)s", at);
}

export function keyEvent(headline: string): string {
  return _("Key event: %(headline)s").replace("%(headline)s", () => headline);
}

export function titled(title: string, count: number): string {
  return count ? `(${count}) ${title}` : title;
}

/** What is true of the connection, in the reader's words; nothing before anything is known. */
export function linkWords(link: Link, status: string, paused = false): string {
  if (paused) return _("Paused");
  if (status === "ended") return _("Ended");
  if (link === "live") return status === "live" ? _("Live") : _("Connected");
  if (link === "polling") return _("Updates every few seconds");
  return link === "connecting" ? "" : _("Reconnecting…");
}

/** How long ago the coverage was updated, in steps that don't flicker. */
export function updated(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 10_000) * 10;
  if (seconds < 10) return _("Updated just now");
  const ago =
    seconds < 60 ? since(seconds, "second", "long") : since(Math.floor(seconds / 60), "minute", "long");
  return _("Updated %(ago)s").replace("%(ago)s", ago);
}

/** The same beside a post's time, where there is little room. */
export function shortAgo(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes ? since(minutes, "minute", "short") : _("just now");
}
