/** What became of one post: each version beside the one before, and what the desk said among itself. */
import { html, type TemplateResult } from "lit";
import { pathOf } from "../addresses.ts";
import { nameOf } from "../batch.ts";
import type { CoverageDesk } from "../coverage.ts";
import { changesOf, stepsOf, type Changed, type Step, type Told } from "../model/versions.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { listed as commas } from "../speech.ts";
import type { Comment, Draft, Post } from "../shapes.ts";
import { when } from "../times.ts";
import { words } from "../words.ts";
import { bylineWords, mark } from "./details.ts";

const said = words.history;
type Recorded = Post & { history: Told[] };
// Without an answer it is asked for again.
const AGAIN = 5_000;
type Line = { time: string; step?: Step; comment?: Comment };

export class DeskHistory extends Part {
  static override properties = { room: { attribute: false }, post: {} };
  declare room: CoverageDesk;
  declare post: string;
  private found: Recorded | null = null;
  /** The draft that became the post, and those that changed it. */
  private drafts: Draft[] = [];
  private reading = false;
  private missing = false;
  private timer = 0;
  private beside = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(): void {
    const heard = this.room.page.posts.get(this.post)?.seq ?? 0;
    const is_fresh = this.found?.id === this.post && this.found.seq >= heard;
    if (!is_fresh && !this.reading && !this.missing) void this.read();
  }

  private async read(): Promise<void> {
    this.reading = true;
    const path = `/api/coverages/${this.room.slug}`;
    const [found, listed] = await Promise.all([
      newsroom.read<Recorded>(`${path}/posts/${this.post}`),
      newsroom.read<{ drafts: Draft[] }>(`${path}/drafts?post=${this.post}`),
    ]);
    this.found = found ?? null;
    this.missing = !found;
    if (!found && newsroom.link === "unanswered") this.timer = window.setTimeout(() => this.again(), AGAIN);
    this.drafts = listed?.drafts ?? [];
    this.reading = false;
    this.requestUpdate();
  }

  private again(): void {
    this.missing = false;
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const { found, room } = this;
    const back = html`<p class="back"><a href=${pathOf(room.slug, "posts")}>${said.back}</a></p>`;
    if (this.missing || room.page.gone.has(this.post)) return html`${back}<p class="notice">${newsroom.link === "unanswered" ? words.link.offline : said.missing}</p>`;
    if (!found) return html`${back}<p class="notice">${words.loading}</p>`;
    return html`${back}
      <h1><span dir="auto">${nameOf(found)}</span></h1>
      <p class="byline">${bylineWords(found.byline)}</p>
      ${this.times(found)}
      <p class="ways"><a href=${found.url} target="_blank" rel="noopener">${said.onPage}</a>
        <a href="${found.url}/history" target="_blank" rel="noopener">${said.forReaders}</a></p>
      ${mark(said.beside, this.beside, (on) => {
        this.beside = on;
        this.requestUpdate();
      })}
      <ol class="steps" reversed>${this.lines(found).map((one) => (one.step ? this.step(one.step) : this.comment(one.comment!)))}</ol>`;
  }

  /** Filed, received, published: three times, and the last one is what readers see. */
  private times(found: Recorded): TemplateResult {
    const draft = this.drafts.find((one) => one.id === found.id);
    const rows: [string, string | null | undefined][] = [
      [said.filed, draft?.filed_at],
      [said.received, draft?.received_at],
      [said.published, found.published_at],
    ];
    const released = commas(draft?.released_by.map((one) => one.name) ?? []);
    return html`<dl class="three-times">
      ${rows.map(([name, time]) => (time ? html`<div><dt>${name}</dt><dd>${this.clock(time)}</dd></div>` : ""))}
      ${released ? html`<div><dt>${said.released}</dt><dd>${released}</dd></div>` : ""}
    </dl>`;
  }

  private lines(found: Recorded): Line[] {
    const steps = stepsOf(found.history).map((step): Line => ({ time: step.time, step }));
    const comments = this.drafts.flatMap((draft) => draft.comments.map((comment): Line => ({ time: comment.time, comment })));
    return [...steps, ...comments].sort((one, other) => Date.parse(other.time) - Date.parse(one.time));
  }

  private step(step: Step): TemplateResult {
    const changes = changesOf(step, this.room.coverage?.timezone);
    const rewritten = ["PostRevised", "PostCorrected"].includes(step.type);
    return html`<li data-type=${step.type}>
      <p class="stamp"><time datetime=${step.time}>${this.clock(step.time)}</time></p>
      <div><h2>${said.types[step.type] ?? step.type} <span class="who">${step.who}</span></h2>
        ${step.note ? html`<p class="correction" dir="auto">${step.note}</p>` : ""}
        ${step.verification ? html`<p>${said.checked(step.source, words.verifications[step.verification as "confirmed"])}</p>` : ""}
        ${changes.map((one) => (this.beside && step.before ? sides(one) : flow(one)))}
        ${rewritten && !changes.length ? html`<p class="hint">${said.form}</p>` : ""}
      </div>
    </li>`;
  }

  private comment(comment: Comment): TemplateResult {
    return html`<li data-type="comment" class="inside">
      <p class="stamp"><time datetime=${comment.time}>${this.clock(comment.time)}</time></p>
      <div><h2>${said.comments[comment.kind]} <span class="who">${comment.author.name}</span></h2><p dir="auto">${comment.text}</p></div>
    </li>`;
  }

  private clock(time: string): string {
    return when(time, Date.now(), this.room.coverage?.timezone);
  }
}

/** In one text: what is gone is struck through, what is new is marked. */
function flow({ field, pieces }: Changed): TemplateResult {
  return html`<div class="difference is-${field}"><h3>${said.fields[field]}</h3>
    <p dir="auto">${pieces.map(({ kind, text }) => (kind === "added" ? added(text) : kind === "removed" ? removed(text) : text))}</p></div>`;
}

/** The two versions beside each other, each with its own words marked. */
function sides({ field, pieces }: Changed): TemplateResult {
  const side = (name: string, mine: "added" | "removed", draws: typeof added) =>
    html`<div><h4>${name}</h4><p dir="auto">${pieces.map(({ kind, text }) => (kind === "same" ? text : kind === mine ? draws(text) : ""))}</p></div>`;
  return html`<div class="difference is-${field}"><h3>${said.fields[field]}</h3>
    <div class="two">${side(said.before, "removed", removed)} ${side(said.after, "added", added)}</div></div>`;
}

const added = (text: string) => html`<ins><span class="unseen">${said.added} </span>${text}</ins>`;
const removed = (text: string) => html`<del><span class="unseen">${said.removed} </span>${text}</del>`;
