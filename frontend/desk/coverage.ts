/** One coverage at the desk: its queue, its papers on this device, who is there, the page. */
import { listen, type Paper, type Receipt } from "./device/database.ts";
import { receiptsOf } from "./device/outbox.ts";
import { isUnsent, papersOf, takeOver, whole } from "./device/papers.ts";
import { LivePage } from "./live.ts";
import { newsroom } from "./newsroom.ts";
import { Presence } from "./presence.ts";
import { chime } from "./sound.ts";
import { Takedowns } from "./takedowns.ts";
import type { Briefing, Coverage, Draft } from "./shapes.ts";

const AGAIN = 5_000;
// Where no stream comes through, the desk looks by itself.
const LOOK = 15_000;
// Between two readings of the drafts: where five come in a second, they are shown together.
const REST = 1_000;

export class CoverageDesk extends EventTarget {
  coverage: Coverage | null = null;
  briefing: Briefing | null = null;
  /** As the server has them; published ones left out. */
  drafts: Draft[] = [];
  papers: Paper[] = [];
  receipts: Receipt[] = [];
  readonly page: LivePage;
  readonly presence: Presence;
  readonly takedowns: Takedowns;
  /** Since when nothing has happened, and how much had been heard by then. */
  private silence = { since: "", heard: 0 };
  private stream: EventSource | null = null;
  private readonly stops: (() => void)[] = [];
  private reading = false;
  private readAgain = false;
  private ended = false;
  private heard: Set<string> | null = null;

  constructor(readonly slug: string) {
    super();
    this.page = new LivePage(slug, () => this.changed());
    this.presence = new Presence(slug, () => this.changed());
    this.takedowns = new Takedowns(slug, () => this.changed());
  }

  begin(): void {
    this.stops.push(listen(() => void this.look()));
    void this.look();
    void this.read();
    this.open();
    void this.page.begin();
    this.presence.begin();
    void this.takedowns.begin();
    const timer = setInterval(() => {
      if (this.stream?.readyState !== EventSource.OPEN) void this.read();
    }, LOOK);
    this.stops.push(() => clearInterval(timer));
  }

  end(): void {
    this.ended = true;
    this.stream?.close();
    this.page.end();
    this.presence.end();
    this.takedowns.end();
    for (const stop of this.stops) stop();
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
    newsroom.changed();
  }

  async look(): Promise<void> {
    const me = newsroom.me.id;
    this.papers = await papersOf(newsroom.device, me, this.slug);
    this.receipts = await receiptsOf(newsroom.device, me, this.slug);
    this.changed();
    if (this.papers.some((paper) => isUnsent(paper) && !paper.clash)) newsroom.send();
  }

  /** Read everything; what happens meanwhile is read once more afterwards. */
  async read(): Promise<void> {
    if (this.reading) {
      this.readAgain = true;
      return;
    }
    this.reading = true;
    do {
      this.readAgain = false;
      await this.readOnce();
      if (this.readAgain) await new Promise((go) => setTimeout(go, REST));
    } while (this.readAgain && !this.ended);
    this.reading = false;
  }

  private async readOnce(): Promise<void> {
    const path = `/api/coverages/${this.slug}`;
    const held = await papersOf(newsroom.device, newsroom.me.id, this.slug);
    const had = new Set(held.filter((paper) => paper.version !== null).map((paper) => paper.id));
    const [coverage, briefing, listed] = await Promise.all([
      newsroom.read<Coverage>(path),
      newsroom.read<Briefing>(`${path}/briefing`),
      newsroom.read<{ drafts: Draft[] }>(`${path}/drafts`),
    ]);
    this.coverage = coverage ?? this.coverage;
    this.briefing = briefing ?? this.briefing;
    if (listed) {
      const drafts = listed.drafts.map(whole);
      this.ring(drafts);
      this.drafts = drafts.filter((draft) => draft.state !== "published");
      if (newsroom.link !== "unanswered") {
        await takeOver(newsroom.device, newsroom.me.id, this.slug, drafts, had);
      }
    }
    await this.look();
  }

  /** A soft sound for what has come in to be reviewed, for those who want it. */
  private ring(drafts: readonly Draft[]): void {
    const submitted = drafts.filter((draft) => draft.state === "submitted").map((draft) => draft.id);
    const is_new = submitted.some((id) => this.heard && !this.heard.has(id));
    this.heard = new Set([...(this.heard ?? []), ...submitted]);
    if (is_new && newsroom.sound) chime();
  }

  private open(): void {
    if (this.ended) return;
    const stream = new EventSource(`/api/desk/stream?coverage=${this.slug}&device=${this.presence.device}`);
    this.stream = stream;
    stream.addEventListener("open", () => {
      void this.read();
      this.presence.again();
    });
    stream.addEventListener("drafts", () => void this.read());
    stream.addEventListener("presence", (event) => {
      this.presence.heard(JSON.parse((event as MessageEvent<string>).data));
    });
    stream.addEventListener("reminder", (event) => {
      const { silent_since } = JSON.parse((event as MessageEvent<string>).data) as { silent_since: string };
      this.silence = { since: silent_since, heard: this.page.heard };
      this.changed();
    });
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      void this.read(); // refused: to who is signed out it is said at once
      setTimeout(() => this.open(), AGAIN);
    });
  }

  /** Since when the coverage has been silent for too long; "" as soon as something happens. */
  get silentSince(): string {
    return this.page.heard === this.silence.heard ? this.silence.since : "";
  }

  /** The names that the desk has spelled before. */
  get names(): string[] {
    const briefed = this.briefing?.people.map((person) => person.name) ?? [];
    return [...briefed, ...newsroom.people.map((person) => person.name)];
  }
}
