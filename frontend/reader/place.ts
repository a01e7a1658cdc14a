/** Owns where a post belongs on this page. Pure: the DOM's part is in apply.ts. */

export interface Here {
  /** Whether the page shows the newest posts. */
  head: boolean;
  /** The order of the oldest post on the page; 0 where the page reaches the first post. */
  lastOrder: number;
  /** Whether the page begins with the oldest. */
  oldest?: boolean;
}

export type Home = "pinned" | "stream" | "stay" | "elsewhere";

/** `shown`: whether the post stands in the page (or waits behind the toast). */
export function homeOf(post: { pinned: boolean; order: number }, shown: boolean, here: Here): Home {
  if (!here.head) return shown ? "stay" : "elsewhere";
  if (post.pinned) return "pinned";
  if (post.order >= here.lastOrder) return "stream";
  return "elsewhere";
}

/** The index at which `order` stands among `orders`, newest (largest) first, or oldest first. */
export function slot(orders: readonly number[], order: number, oldest = false): number {
  const at = orders.findIndex((other) => (oldest ? other > order : other < order));
  return at < 0 ? orders.length : at;
}
