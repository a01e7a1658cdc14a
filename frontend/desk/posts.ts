/** All posts of a coverage, as the API lists them, kept fresh by what the page hears. */
import type { CoverageDesk } from "./coverage.ts";
import { newsroom } from "./newsroom.ts";
import type { Post } from "./shapes.ts";

const PAGE = 200;
const PAUSE = 300;
// So many are asked for one by one at a time; more are likely among the newest.
const SINGLE = 8;

interface Listed {
  posts: Post[];
  next: string | null;
}

export class CoveragePosts {
  private readonly held = new Map<string, Post>();
  private timer = 0;
  private ended = false;
  /** All of them are here. */
  isWhole = false;

  constructor(
    private readonly room: CoverageDesk,
    private readonly changed: () => void,
  ) {}

  get newest(): Post[] {
    return [...this.held.values()].sort((one, other) => other.order - one.order);
  }

  get(id: string): Post | undefined {
    return this.held.get(id);
  }

  async begin(): Promise<void> {
    const first = await newsroom.read<Listed>(`${this.path}?limit=${PAGE}`);
    let next = this.take(first);
    while (next && !this.ended) next = this.take(await newsroom.api.json<Listed>(next).catch(() => undefined));
    this.isWhole = next === null;
    this.changed();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** Look whether the page has heard of something newer than what is here. */
  follow(): void {
    for (const id of this.room.page.gone) this.held.delete(id);
    if (this.timer || this.ended || !this.held.size || !this.stale.length) return;
    this.timer = window.setTimeout(() => void this.catchUp(), PAUSE);
  }

  private get path(): string {
    return `/api/coverages/${this.room.slug}/posts`;
  }

  private get stale(): string[] {
    const posts = [...this.room.page.posts.values()];
    return posts.filter((one) => (this.held.get(one.id)?.seq ?? -1) < one.seq).map((one) => one.id);
  }

  private async catchUp(): Promise<void> {
    try {
      const { stale } = this;
      if (stale.length > SINGLE || stale.some((id) => !this.held.has(id)))
        this.take(await newsroom.api.json<Listed>(`${this.path}?limit=${PAGE}`));
      const left = this.stale.slice(0, SINGLE);
      const posts = await Promise.all(left.map((id) => newsroom.api.json<Post>(`${this.path}/${id}`)));
      this.take({ posts, next: null });
    } catch {
      // What can't be read now is read with the next news.
    } finally {
      this.timer = 0;
      this.changed();
    }
  }

  /** The address of the older ones; null: there are none, undefined: nobody knows. */
  private take(listed: Listed | undefined): string | null | undefined {
    for (const post of listed?.posts ?? [])
      if ((this.held.get(post.id)?.seq ?? -1) <= post.seq) this.held.set(post.id, post);
    this.changed();
    return listed?.next ?? (listed ? null : undefined);
  }
}
