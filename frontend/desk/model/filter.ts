/** Which posts of a coverage are meant: by who wrote them, how they stand, what they lack, words. */
import type { Post } from "../shapes.ts";
import { picturesOf, textOf } from "./check.ts";

export const STANDINGS = ["published", "corrected", "withdrawn"] as const;
export const LACKS = ["credit", "alt", "source", "topic", "headline"] as const;
export const MARKS = ["key", "pinned"] as const;

/** "" is any. */
export interface Filter {
  words: string;
  author: string;
  standing: (typeof STANDINGS)[number] | "";
  mark: (typeof MARKS)[number] | "";
  topic: string;
  lacks: (typeof LACKS)[number] | "";
}

export const ALL: Filter = { words: "", author: "", standing: "", mark: "", topic: "", lacks: "" };

export function passes(post: Post, filter: Filter): boolean {
  const { words, author, standing, mark, topic, lacks } = filter;
  return (
    (!author || post.byline.some((one) => one.name === author)) &&
    (!standing || standing === standingOf(post)) &&
    (!mark || Boolean(post[mark])) &&
    (!topic || (post.topics ?? []).includes(topic)) &&
    (!lacks || (post.status === "published" && lacking(post, lacks))) &&
    says(post, words)
  );
}

export function standingOf(post: Post): Filter["standing"] {
  if (post.status === "withdrawn") return "withdrawn";
  return post.corrections.length ? "corrected" : "published";
}

/** What can be asked for: the names and topics that the posts have, the most frequent first. */
export function valuesOf(posts: readonly Post[], of: (post: Post) => readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const post of posts) for (const value of of(post)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one, n], [other, m]) => m - n || one.localeCompare(other)).map(([value]) => value);
}

function lacking(post: Post, what: Filter["lacks"]): boolean {
  if (what === "source") return !post.sources?.length;
  if (what === "topic") return !post.topics?.length;
  if (what === "headline") return !post.headline;
  return post.blocks.flatMap(picturesOf).some((picture) => !picture[what as "credit" | "alt"]?.trim());
}

function says(post: Post, words: string): boolean {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (!wanted.length) return true;
  const there = plain([textOf(post), post.reason ?? "", ...post.byline.map((one) => `${one.name} ${one.place ?? ""}`)].join(" "));
  return wanted.every((word) => there.includes(word));
}

/** Without capitals and accents: who looks for "Novakova" finds "Nováková". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
