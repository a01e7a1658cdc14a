/** What leads readers on from the coverage: others of the house, or single posts of them. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Refused } from "../../api.ts";
import { moved } from "../../model/pins.ts";
import { addressed, joined, MOST, parted, put, type Named } from "../../model/related.ts";
import { newsroom } from "../../newsroom.ts";
import type { Found, Post } from "../../shapes.ts";
import { listed } from "../../speech.ts";
import { dayAndClock } from "../../times.ts";
import { words } from "../../words.ts";
import { input } from "../details.ts";
import { tried } from "../trying.ts";
import { picking, Sheet, step } from "./sheet.ts";

const said = words.related;
const PAUSE = 250;
const AGAIN = 5_000;

export class DeskRelated extends Sheet {
  /** What was chosen here and is not saved; null where nothing was. */
  private chosen: string[] | null = null;
  /** By `slug/p/id` what posts are headed by; null where one shows nothing any more. */
  private readonly headlines = new Map<string, string | null>();
  private readonly asked = new Set<string>();
  private sought = "";
  private found: Found[] | null = null;
  private timer = 0;
  private searches = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void newsroom.readCoverages();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private get related(): readonly string[] {
    return this.chosen ?? this.room.coverage!.related;
  }

  protected override updated(): void {
    const all = new Set([...this.related, ...this.room.coverage!.related]);
    for (const one of all) if (parted(one).post && !this.asked.has(one)) void this.ask(one);
  }

  override render(): TemplateResult {
    const { related } = this;
    return html`<section class="related-sheet"><h2>${said.title}</h2>
      <p class="hint">${said.hint}</p>
      <ol class="topic-list pin-list">${repeat(related, (one) => parted(one).coverage, (one, n) => this.item(one, n, related.length))}</ol>
      ${related.length < MOST ? this.adding() : html`<p class="hint">${said.full}</p>`}
      ${this.outcome()} ${this.isStale ? this.beside() : ""} ${this.results()}
      <p class="buttons"><button type="button" class="strong" ?disabled=${!this.chosen || this.isStale} @click=${this.save}>${words.save}</button></p>
    </section>`;
  }

  /** What somebody else has chosen meanwhile. */
  private beside(): TemplateResult {
    const theirs = this.room.coverage!.related;
    const named = theirs.map((one) => this.headlines.get(one) || this.titleOf(parted(one).coverage));
    return this.choice(named.length ? named : ["–"], this.asItStands, this.save);
  }

  private item(one: string, n: number, all: number): TemplateResult {
    const { coverage, post } = parted(one);
    const headline = post && (this.headlines.get(one) ?? "");
    const name = headline || this.titleOf(coverage);
    return html`<li data-related=${coverage} @keydown=${(event: KeyboardEvent) => step(event, (by) => this.move(one, by))}>
      <div class="named"><b><span dir="auto">${name}</span></b>
        ${headline ? html`<p class="count"><span dir="auto">${this.titleOf(coverage)}</span></p>` : ""}
        ${this.headlines.get(one) === null ? html`<p class="count">${said.gone}</p>` : ""}</div>
      <span class="acts">
        ${this.button(words.remove, name, () => this.drop(one), "remove")}
        ${this.button(words.up, name, () => this.move(one, -1), "up", n === 0)}
        ${this.button(words.down, name, () => this.move(one, 1), "down", n === all - 1)}
      </span>
    </li>`;
  }

  private adding(): TemplateResult {
    const taken = new Set([this.room.slug, ...this.related.map((one) => parted(one).coverage)]);
    const others = newsroom.coverages.filter((one) => !one.rehearsal && !taken.has(one.slug));
    const add = (slug: string) => this.choose({ coverage: slug, post: "" }, this.titleOf(slug));
    return html`${others.length ? picking(said.addCoverage, others.map((one) => ({ value: one.slug, name: one.title })), add) : ""}
      ${input(said.find, this.sought, (sought) => this.seek(sought), { type: "search" })}`;
  }

  private results(): TemplateResult | string {
    if (!this.found?.length) return "";
    return html`<ul class="topic-list pin-list" data-found>${repeat(this.found, (one) => one.id, (one) => html`<li>
      <div class="named"><b><span dir="auto">${one.headline}</span></b>
        <p class="count">${listed([isolated(one.title), dayAndClock(one.time)])}</p></div>
      <span class="acts">${this.button(said.choose, one.headline!, () => this.pick(one), "choose")}</span>
    </li>`)}</ul>`;
  }

  private titleOf(slug: string): string {
    return newsroom.coverages.find((one) => one.slug === slug)?.title ?? slug;
  }

  /** What a post is headed by now: not from the device, where it would outlive a takedown. */
  private async ask(one: string): Promise<void> {
    this.asked.add(one);
    try {
      this.headlines.set(one, (await this.read(parted(one))).headline ?? null);
    } catch (error) {
      if (error instanceof Refused) this.headlines.set(one, null);
      else setTimeout(() => this.asked.delete(one), AGAIN);
    }
    this.requestUpdate();
  }

  private read({ coverage, post }: Named): Promise<Post> {
    return newsroom.api.json<Post>(`/api/coverages/${coverage}/posts/${post}`);
  }

  private seek(sought: string): void {
    this.sought = sought;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), PAUSE);
    this.requestUpdate();
  }

  private async search(): Promise<void> {
    const search = ++this.searches;
    const sought = this.sought.trim();
    let found: Found[] | null = null;
    const problem = await tried(async () => {
      const named = addressed(sought);
      if (sought) found = named ? await this.lookedUp(named) : await this.having(sought);
    });
    if (search !== this.searches) return;
    this.found = found;
    const own = addressed(sought)?.coverage === this.room.slug;
    this.problem = problem;
    this.note = found ? this.told(found, own, Boolean(addressed(sought))) : "";
    this.requestUpdate();
  }

  private told(found: Found[], own: boolean, byAddress: boolean): string {
    if (found.length) return words.topics.posts(found.length);
    if (own) return said.own;
    return byAddress ? said.missing : said.none;
  }

  private async having(sought: string): Promise<Found[]> {
    const query = new URLSearchParams({ q: sought, besides: this.room.slug });
    const { posts } = await newsroom.api.json<{ posts: Found[] }>(`/api/search?${query}`);
    return posts.filter((one) => one.headline && !this.has(one));
  }

  private async lookedUp(named: Named): Promise<Found[]> {
    const coverage = newsroom.coverages.find((one) => one.slug === named.coverage);
    if (!coverage || coverage.rehearsal || named.coverage === this.room.slug) return [];
    try {
      const { id, headline, published_at } = await this.read(named);
      return headline ? [{ id, headline, coverage: coverage.slug, title: coverage.title, time: published_at }] : [];
    } catch (error) {
      if (error instanceof Refused && error.status !== 401) return [];
      throw error;
    }
  }

  private has({ coverage, id }: Found): boolean {
    return this.related.includes(joined({ coverage, post: id }));
  }

  private async pick({ coverage, id, headline }: Found): Promise<void> {
    const named = { coverage, post: id };
    this.headlines.set(joined(named), headline);
    this.asked.add(joined(named));
    [this.sought, this.found] = ["", null];
    this.choose(named, headline!);
    await this.toField();
  }

  private choose(named: Named, name: string): void {
    this.set(put(this.related, named), named.coverage, name);
  }

  private drop(one: string): void {
    const at = this.related.indexOf(one);
    this.set(this.related.filter((other) => other !== one));
    const next = this.related[Math.min(at, this.related.length - 1)];
    if (next) void this.focused(`[data-related="${parted(next).coverage}"]`, () => this.updateComplete);
    else void this.toField();
  }

  private async toField(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>("input[type=search], .strong")?.focus();
  }

  private move(one: string, by: number): void {
    const { coverage } = parted(one);
    const order = moved(this.related, one, by);
    const name = this.headlines.get(one) || this.titleOf(coverage);
    void this.focused(`[data-related="${coverage}"]`, async () => this.set(order, coverage, name));
  }

  /** Chosen, and not saved yet; where the one with that name stands now is said. */
  private set(related: string[], coverage = "", name = ""): void {
    const place = related.findIndex((one) => parted(one).coverage === coverage) + 1;
    this.seen = { related: this.room.coverage!.related, ...this.seen };
    this.chosen = related;
    this.problem = "";
    this.note = place ? words.pins.moved(name, place, related.length) : "";
    this.requestUpdate();
  }

  private readonly save = async (): Promise<void> => {
    const related = this.chosen!;
    if ((await this.describe({ related })) && this.chosen === related) this.asItStands();
  };

  private readonly asItStands = (): void => {
    [this.chosen, this.seen] = [null, {}];
  };
}

/** It runs in its own direction, and what follows does not (Unicode's first-strong isolate). */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
