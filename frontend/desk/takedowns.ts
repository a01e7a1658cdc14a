/** The takedowns that somebody has asked for here: watched until this server has nothing left to do. */
import { Refused } from "./api.ts";
import { waiting } from "./device/outbox.ts";
import { newsroom } from "./newsroom.ts";

export interface Report {
  taken_down_at: string;
  by: string;
  done: boolean;
  steps: { what: string; done: boolean; count: number }[];
  kept: number;
  purge: string[];
}

const LOOK = 1_000;

export class Takedowns {
  /** By post; null as long as the server has not carried it out. */
  readonly reports = new Map<string, Report | null>();
  private timer = 0;
  private ended = false;

  constructor(
    private readonly slug: string,
    private readonly changed: () => void,
  ) {}

  private get name(): string {
    return `${newsroom.me.id} takedowns ${this.slug}`;
  }

  /** Those that were not put away yet, also after a reload. No word of the posts is kept. */
  async begin(): Promise<void> {
    const posts = ((await newsroom.device.get("answers", this.name)) ?? []) as string[];
    for (const post of posts) this.reports.set(post, null);
    if (posts.length) await this.look();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  async watch(post: string): Promise<void> {
    this.reports.set(post, this.reports.get(post) ?? null);
    await this.keep();
    await this.look();
  }

  async putAway(post: string): Promise<void> {
    this.reports.delete(post);
    await this.keep();
  }

  private async keep(): Promise<void> {
    await newsroom.device.put("answers", [...this.reports.keys()], this.name);
    this.changed();
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    for (const [post, report] of this.reports) if (!report?.done) await this.ask(post);
    if (this.ended) return;
    this.changed();
    if ([...this.reports.values()].some((report) => !report?.done)) this.timer = window.setTimeout(() => void this.look(), LOOK);
  }

  private async ask(post: string): Promise<void> {
    const entries = await waiting(newsroom.device, newsroom.me.id, this.slug);
    if (entries.some((entry) => entry.path.endsWith(`/posts/${post}/redact`))) return;
    try {
      const report = await newsroom.api.json<Report>(`/api/coverages/${this.slug}/posts/${post}/takedown`);
      if (this.reports.has(post)) this.reports.set(post, report);
    } catch (error) {
      // It was taken back, or refused, as the queue tells.
      if (error instanceof Refused && error.status !== 401) await this.putAway(post);
    }
  }
}
