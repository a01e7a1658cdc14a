/** All posts of a coverage: found by what they are, chosen by mouse or keys, changed together. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { pathOf } from "../addresses.ts";
import { changes, fileBatch, forgetBatch, lastBatch, nameOf, reportOf, type Batch } from "../batch.ts";
import type { CoverageDesk } from "../coverage.ts";
import { among, NOTHING, reach, toggle } from "../model/choosing.ts";
import { ALL, passes, standingOf, type Filter } from "../model/filter.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { CoveragePosts } from "../posts.ts";
import { atLeast } from "../rights.ts";
import { listed } from "../speech.ts";
import type { Post } from "../shapes.ts";
import { when } from "../times.ts";
import { words } from "../words.ts";
import { askName, askReason, askVerification } from "./asks.ts";
import { bylineWords } from "./details.ts";
import { bulkBar, bulkReport } from "./posts/bulk.ts";
import { filterFields } from "./posts/filters.ts";

const said = words.posts;
const STEP = 200;
/** What was looked for in each coverage: who comes back from a post finds it so. */
const sought = new Map<string, Filter>();

export class DeskPosts extends Part {
  static override properties = { room: { attribute: false } };
  declare room: CoverageDesk;
  private posts!: CoveragePosts;
  private filter: Filter = ALL;
  private chosen = NOTHING;
  private most = STEP;
  private batch: Batch | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.filter = sought.get(this.room.slug) ?? ALL;
    this.posts = new CoveragePosts(this.room, () => this.requestUpdate());
    void this.posts.begin();
    void lastBatch(this.room).then((batch) => {
      this.batch = batch;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.posts.end();
  }

  private get listed(): Post[] {
    return this.posts.newest.filter((post) => passes(post, this.filter));
  }

  protected override willUpdate(): void {
    this.posts.follow();
  }

  override render(): TemplateResult {
    const { room, posts, batch } = this;
    const all = posts.newest;
    const found = this.listed;
    this.chosen = among(this.chosen, found.map((post) => post.id));
    const chosen = found.filter((post) => this.chosen.ids.has(post.id));
    const marks = atLeast(newsroom.roleIn(room.slug), "editor");
    return html`<header class="posts-head"><h1>${said.title}</h1>
        <a href=${pathOf(room.slug, "replay")}>${words.views.replay}</a></header>
      ${filterFields(all, this.filter, (part) => this.seek({ ...this.filter, ...part }))}
      <p class="kept" role="status">${posts.isWhole ? said.found(found.length, all.length) : words.loading}</p>
      ${batch ? bulkReport(batch, reportOf(room, batch), () => this.chooseRefused(batch), this.dismiss) : ""}
      ${marks && chosen.length ? bulkBar(chosen, (action) => void this.act(chosen, action), this.clear) : ""}
      ${marks && found.length && !chosen.length ? html`<p class="hint keyed">${said.hint}</p>` : ""}
      ${posts.isWhole && !found.length ? html`<p class="notice">${all.length ? said.nothing : words.page.empty}</p>` : ""}
      <ul class="post-list" @keydown=${this.key}>
        ${repeat(found.slice(0, this.most), (post) => post.id, (post) => this.post(post, marks))}
      </ul>
      ${found.length > this.most
        ? html`<button type="button" @click=${() => {
            this.most += STEP;
            this.requestUpdate();
          }}>${said.more(found.length - this.most)}</button>`
        : ""}`;
  }

  private post(post: Post, marks: boolean): TemplateResult {
    const zone = this.room.coverage?.timezone;
    const standing = standingOf(post);
    const notes = [
      post.key ? words.compose.key : "",
      post.pinned ? said.marks.pinned : "",
      standing && standing !== "published" ? said.standings[standing] : "",
      bylineWords(post.byline),
      ...(post.topics ?? []),
    ].filter(Boolean);
    const on = this.chosen.ids.has(post.id);
    // As on the page: when it happened, where that is said.
    const time = post.occurred_at ?? post.published_at;
    return html`<li data-post=${post.id} class="is-${post.status} ${on ? "is-chosen" : ""}">
      <time datetime=${time}>${when(time, Date.now(), zone)}</time>
      ${marks
        ? html`<input type="checkbox" aria-label=${nameOf(post)} .checked=${on} @click=${(event: MouseEvent) => this.choose(post.id, event.shiftKey)} />`
        : ""}
      <p class="title"><span dir="auto">${post.key ? html`<span class="diamond" aria-hidden="true">◆ </span>` : ""}<a
          href=${pathOf(this.room.slug, "posts", post.id)}>${nameOf(post)}</a></span></p>
      <p class="note">${listed(notes)}</p>
    </li>`;
  }

  private seek(filter: Filter): void {
    this.filter = filter;
    sought.set(this.room.slug, filter);
    this.most = STEP;
    this.requestUpdate();
  }

  private choose(id: string, extends_: boolean): void {
    const ids = this.listed.map((post) => post.id);
    this.chosen = extends_ ? reach(this.chosen, ids, id) : toggle(this.chosen, id);
    this.requestUpdate();
  }

  private readonly clear = (): void => {
    this.chosen = NOTHING;
    this.requestUpdate();
  };

  /** Arrows along the boxes, with Shift choosing on the way; Ctrl+A for all, Escape for none. */
  private readonly key = (event: KeyboardEvent): void => {
    const box = event.target as HTMLElement;
    if (!box.matches("input[type=checkbox]")) return;
    const boxes = [...this.querySelectorAll<HTMLElement>(".post-list input")];
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -boxes.length, End: boxes.length }[event.key];
    if (by) {
      const to = boxes[Math.max(0, Math.min(boxes.length - 1, boxes.indexOf(box) + by))]!;
      if (event.shiftKey) this.extend(idOf(box), idOf(to));
      to.focus();
      to.scrollIntoView({ block: "nearest" });
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      this.chosen = { ids: new Set(this.listed.map((post) => post.id)), from: idOf(box) };
      this.requestUpdate();
    } else if (event.key === "Escape") this.clear();
    else return;
    event.preventDefault();
  };

  private extend(from: string, to: string): void {
    if (!this.chosen.ids.has(from)) this.chosen = toggle(this.chosen, from);
    if (!this.chosen.from) this.chosen = { ...this.chosen, from };
    this.choose(to, true);
  }

  private async act(chosen: readonly Post[], action: string): Promise<void> {
    const value = await valueOf(action, chosen.length);
    if (value === null) return;
    const meant = chosen.filter((post) => changes(post, action, value));
    this.batch = meant.length ? await fileBatch(this.room, meant, action, value) : null;
    this.clear();
    await this.updateComplete;
    this.querySelector<HTMLElement>(".post-list input")?.focus();
  }

  private chooseRefused(batch: Batch): void {
    const refused = new Set(reportOf(this.room, batch).refused.map((one) => one.post));
    this.seek(ALL);
    this.chosen = { ids: refused, from: "" };
  }

  private readonly dismiss = async (): Promise<void> => {
    this.batch = null;
    await forgetBatch(this.room);
    this.requestUpdate();
  };
}

/** What an action needs besides the posts; null where the person thinks better of it. */
async function valueOf(action: string, n: number): Promise<string | null> {
  if (action === "withdraw") return askReason(said.withdrawTitle(n));
  if (action === "verification") return askVerification();
  if (action === "topic") return askName(said.topicTitle(n), "");
  return "";
}

function idOf(box: Element): string {
  return box.closest<HTMLElement>("[data-post]")!.dataset["post"]!;
}
