/** The page as readers see it: the same fragments, kept fresh by the same stream. */
import { pinsOf, rank, type Pins } from "../reader/pins.ts";
import { Refused } from "./api.ts";
import { same } from "./model/pins.ts";
import { newsroom } from "./newsroom.ts";

export interface Fragment {
  id: string;
  html: string;
  /** Or the first words of a post without one. */
  headline: string;
  order: number;
  seq: number;
  revision: number;
  key: boolean;
  pinned: boolean;
  /** The seq that pinned it; 0 while it is not. */
  pin: number;
  withdrawn: boolean;
}

interface Frame extends Partial<Omit<Fragment, "id" | "headline">> {
  seq: number;
  kind: string;
  post?: string;
  posts?: string[];
}

const AGAIN = 4_000;

export class LivePage {
  readonly posts = new Map<string, Fragment>();
  seq = 0;
  /** How many changes have come in since this page was opened. */
  heard = 0;
  /** The seq at which the desk's word on topics was last set, as far as was heard here. */
  topics = 0;
  /** The orders of the pinned posts that were heard of here, the one that holds last. */
  private orders: Pins[] = [];
  /** Posts that were taken down. */
  readonly gone = new Set<string>();
  olderUrl = "";
  private stream: EventSource | null = null;
  private ended = false;

  constructor(
    private readonly slug: string,
    private readonly changed: () => void,
  ) {}

  get newest(): Fragment[] {
    return [...this.posts.values()].sort((one, other) => other.order - one.order);
  }

  get pins(): Pins {
    return this.orders.at(-1) ?? { posts: [], seq: 0 };
  }

  /** Whether the pinned posts stand so, or have stood so after that seq. */
  hasHeard(posts: readonly string[], after: number): boolean {
    return [this.pins, ...this.orders.filter((one) => one.seq > after)].some((one) => same(one.posts, posts));
  }

  /** As they stand. */
  get pinned(): Fragment[] {
    const place = (post: Fragment) => rank(this.pins, post.id, post.pin);
    return [...this.posts.values()].filter((post) => post.pinned).sort((one, other) => place(other) - place(one));
  }

  async begin(): Promise<void> {
    try {
      this.read(await newsroom.api.text(`/live/${this.slug}`));
      this.open();
    } catch (error) {
      if (error instanceof Refused) return;
      if (!this.ended) setTimeout(() => void this.begin(), AGAIN);
    }
  }

  end(): void {
    this.ended = true;
    this.stream?.close();
  }

  async readOlder(): Promise<void> {
    if (this.olderUrl) this.read(await newsroom.api.text(this.olderUrl));
  }

  private read(html: string): void {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector<HTMLElement>("main");
    this.seq ||= Number(main?.dataset["seq"] ?? 0);
    this.olderUrl = page.querySelector<HTMLAnchorElement>('.pager [rel="next"]')?.getAttribute("href") ?? "";
    const pinned = page.querySelector<HTMLElement>("#pinned");
    if (pinned) this.order(pinsOf(pinned));
    for (const article of page.querySelectorAll<HTMLElement>("article[id^=p-]")) this.take(article);
    this.changed();
  }

  private order(pins: Pins): void {
    if (pins.seq > this.pins.seq) this.orders.push(pins);
  }

  private take(article: HTMLElement): void {
    const { seq, order, revision, key, pinned } = article.dataset;
    const id = article.id.slice(2);
    if ((this.posts.get(id)?.seq ?? -1) >= Number(seq)) return;
    this.posts.set(id, {
      id,
      html: article.outerHTML,
      headline: headlineOf(article),
      order: Number(order),
      seq: Number(seq),
      revision: Number(revision),
      key: key !== undefined,
      pinned: pinned !== undefined,
      pin: Number(pinned ?? 0),
      withdrawn: article.classList.contains("post-withdrawn"),
    });
  }

  private open(): void {
    if (this.ended) return;
    const stream = new EventSource(`/live/${this.slug}/stream?after=${this.seq}`);
    this.stream = stream;
    stream.addEventListener("message", (event: MessageEvent<string>) => this.apply(JSON.parse(event.data) as Frame));
    stream.addEventListener("reset", () => {
      stream.close();
      this.posts.clear();
      this.orders = [];
      this.seq = 0;
      void this.begin();
    });
    stream.addEventListener("error", () => {
      // An ended coverage closes its stream for good; a refused one is tried again.
      if (stream.readyState === EventSource.CLOSED && !this.ended) setTimeout(() => this.open(), AGAIN);
    });
  }

  private apply(frame: Frame): void {
    this.seq = Math.max(this.seq, frame.seq);
    this.heard += 1;
    if (frame.kind === "topics") this.topics = frame.seq;
    if (frame.kind === "pins") this.order({ posts: frame.posts ?? [], seq: frame.seq });
    if (frame.kind === "redact" && frame.post) {
      this.posts.delete(frame.post);
      this.gone.add(frame.post);
    } else if (frame.html && frame.post) {
      const parsed = new DOMParser().parseFromString(frame.html, "text/html");
      const article = parsed.querySelector<HTMLElement>("article");
      if (article) this.take(article);
    }
    this.changed();
  }
}

function headlineOf(article: HTMLElement): string {
  return article.querySelector("h2")?.textContent?.trim() || article.textContent!.trim().slice(0, 60);
}
