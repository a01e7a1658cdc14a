/** Owns the words that the script says by itself. */

export type Link = "connecting" | "live" | "reconnecting" | "polling" | "ended";

export const COPIED = "Link copied";

export function newUpdates(count: number): string {
  return count === 1 ? "1 new update" : `${count} new updates`;
}

export function titled(title: string, count: number): string {
  return count ? `(${count}) ${title}` : title;
}

/** What is true of the connection, in the reader's words; nothing before anything is known. */
export function linkWords(link: Link, status: string, paused = false): string {
  if (paused) return "Paused";
  if (status === "ended") return "Ended";
  if (link === "live") return status === "live" ? "Live" : "Connected";
  if (link === "polling") return "Updates every few seconds";
  return link === "connecting" ? "" : "Reconnecting…";
}

/** How long ago, in steps that don't flicker. */
export function ago(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 10_000) * 10;
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes === 1 ? "1 minute ago" : `${minutes} minutes ago`;
}

/** The same beside a post's time, where there is little room. */
export function shortAgo(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes ? `${minutes} min ago` : "just now";
}
