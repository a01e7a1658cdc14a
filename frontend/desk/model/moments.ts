/** The moments of a coverage at which its page changed, and the way from one to another. Pure. */
import type { Post } from "../shapes.ts";

export interface Moment {
  time: string;
  /** What happened, where it is the publishing of a post. */
  post: Post | null;
  key: boolean;
}

/** Oldest first: each publishing, each correction, the last change of each post. */
export function momentsOf(posts: readonly Post[]): Moment[] {
  const found = new Map<string, Moment>();
  const add = (time: string, post: Post | null) => {
    if (!found.get(time)?.post) found.set(time, { time, post, key: Boolean(post?.key) });
  };
  for (const post of posts) {
    add(post.published_at, post);
    for (const correction of post.corrections) add(correction.time, null);
    add(post.updated_at, null);
  }
  return [...found.values()].sort((one, other) => Date.parse(one.time) - Date.parse(other.time));
}

/** The next moment that is one of a key event, in that direction; itself where there is none. */
export function nextKey(moments: readonly Moment[], from: number, by: 1 | -1): number {
  for (let n = from + by; n >= 0 && n < moments.length; n += by) if (moments[n]!.key) return n;
  return from;
}
