/** Owns in which order pinned posts stand. The server has the same rule (`domain/pins.py`). */

/** The order that the desk has set, and the seq at which it did; 0 where it never has. */
export interface Pins {
  posts: readonly string[];
  seq: number;
}

/** As a page that was loaded has it. */
export function pinsOf({ dataset }: HTMLElement): Pins {
  return { posts: (dataset.pins ?? "").split(" "), seq: Number(dataset.pinsSeq ?? 0) };
}

/**
 * Who stands higher has the greater one. What the order doesn't name was pinned since, or unseen
 * by who set it: it stands above, the last one first.
 */
export function rank({ posts, seq }: Pins, post: string, pin: number): number {
  const at = posts.indexOf(post);
  return at < 0 || pin > seq ? pin : -1 - at;
}

/** Of a fragment. */
export function rankOf(pins: Pins, article: HTMLElement): number {
  return rank(pins, article.id.slice(2), Number(article.dataset.pinned ?? 0));
}
