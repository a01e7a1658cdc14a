/** What stands beside a coverage: others by their slugs, or one post of each. Pure. */

export const MOST = 8;

/** With `post` "": the coverage as a whole. */
export interface Named {
  coverage: string;
  post: string;
}

export function parted(related: string): Named {
  const [coverage = "", post = ""] = related.split("/p/");
  return { coverage, post };
}

export function joined({ coverage, post }: Named): string {
  return post ? `${coverage}/p/${post}` : coverage;
}

// A post's own address, and the one that it leads to on the page.
const ADDRESSES = [
  /(?:^|\/)([a-z0-9-]+)\/p\/([0-9a-f-]{36})(?![0-9a-f-])/,
  /\/live\/([a-z0-9-]+)(?:\?[^#\s]*)?#p-([0-9a-f-]{36})(?![0-9a-f-])/,
];

/** The post that an address names; null where these are words. */
export function addressed(typed: string): Named | null {
  const found = ADDRESSES.map((one) => one.exec(typed.trim())).find(Boolean);
  return found ? { coverage: found[1]!, post: found[2]! } : null;
}

/** A coverage stands there once: its post takes the place of another one, or of the whole. */
export function put(related: readonly string[], one: Named): string[] {
  const at = related.findIndex((other) => parted(other).coverage === one.coverage);
  return at < 0 ? [...related, joined(one)] : related.map((other, n) => (n === at ? joined(one) : other));
}
