/** The pinned posts by their ids, in an order that somebody has asked for. Pure. */

/** What the order does not name was pinned since: it stands above. */
export function arranged(pinned: readonly string[], order: readonly string[]): string[] {
  const named = order.filter((id) => pinned.includes(id));
  return [...pinned.filter((id) => !named.includes(id)), ...named];
}

/** One of them so many places further down; no further than to the end. */
export function moved(order: readonly string[], id: string, by: number): string[] {
  const others = order.filter((one) => one !== id);
  const to = Math.max(0, Math.min(others.length, order.indexOf(id) + by));
  return [...others.slice(0, to), id, ...others.slice(to)];
}

export function same(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join();
}
