/** Owns the words that the script says by itself. */

export type Link = "connecting" | "live" | "reconnecting" | "polling" | "ended";

export function newUpdates(count: number): string {
  return count === 1 ? "1 new update" : `${count} new updates`;
}

export function titled(title: string, count: number): string {
  return count ? `(${count}) ${title}` : title;
}

/** What is true of the connection, in the reader's words; nothing before anything is known. */
export function linkWords(link: Link, status: string): string {
  if (status === "ended") return "Ended";
  if (link === "live") return status === "live" ? "Live" : "Connected";
  if (link === "polling") return "Updates every few seconds";
  return link === "connecting" ? "" : "Reconnecting…";
}
