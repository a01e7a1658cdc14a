/** The coverage's day once more: its page as it was at each moment, by slider, buttons and keys. */
import { html, type TemplateResult } from "lit";
import { pathOf } from "../addresses.ts";
import { nameOf } from "../batch.ts";
import type { CoverageDesk } from "../coverage.ts";
import { momentsOf, nextKey, type Moment } from "../model/moments.ts";
import { Part } from "../part.ts";
import { CoveragePosts } from "../posts.ts";
import { dayAndClock } from "../times.ts";
import { words } from "../words.ts";

const said = words.replay;
// A page is shown once the slider rests; while it plays, each has time to be read at a glance.
const REST = 250;
const BEAT = 2_000;

export class DeskReplay extends Part {
  static override properties = { room: { attribute: false } };
  declare room: CoverageDesk;
  private posts!: CoveragePosts;
  private moments: Moment[] = [];
  private at = 0;
  /** The moment whose page is in the frame. */
  private shown = "";
  private timer = 0;
  private playing = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.posts = new CoveragePosts(this.room, () => this.requestUpdate());
    void this.posts.begin().then(() => {
      this.moments = momentsOf(this.posts.newest);
      this.go(0);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.posts.end();
    this.stop();
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    const { room, moments, at } = this;
    const back = html`<p class="back"><a href=${pathOf(room.slug, "posts")}>${words.history.back}</a></p>`;
    const now = moments[at];
    if (!now)
      return html`${back}<h1>${said.title}</h1>
        <p class="notice">${this.posts.isWhole ? words.page.empty : words.loading}</p>`;
    const time = dayAndClock(now.time, room.coverage?.timezone);
    const button = (name: string, to: number) =>
      html`<button type="button" ?disabled=${to === at || !moments[to]} @click=${() => this.jump(to)}>${name}</button>`;
    return html`${back}
      <h1>${said.title}</h1>
      <div class="player" role="group" aria-label=${said.title} @keydown=${this.key}>
        <input type="range" min="0" max=${moments.length - 1} .value=${String(at)} aria-label=${said.moment}
          aria-valuetext="${time}${now.post ? `, ${nameOf(now.post)}` : ""}"
          @input=${(event: Event) => this.jump(Number((event.target as HTMLInputElement).value))} />
        <p class="buttons">
          <button type="button" class="strong" aria-pressed=${this.playing ? "true" : "false"} @click=${this.play}>${this.playing ? said.pause : said.play}</button>
          ${button(said.previous, at - 1)} ${button(said.next, at + 1)}
          ${button(said.previousKey, nextKey(moments, at, -1))} ${button(said.nextKey, nextKey(moments, at, 1))}
        </p>
        <p class="moment"><b>${time}</b> <span dir="auto">${now.post ? nameOf(now.post) : said.changed}</span> <span class="count">${said.step(at + 1, moments.length)}</span></p>
        <p class="hint keyed">${said.hint}</p>
      </div>
      ${this.shown ? html`<iframe title=${said.frame(time)} src=${this.address(this.shown)}></iframe>
        <p class="hint"><a href=${this.address(now.time)} target="_blank" rel="noopener">${said.open}</a></p>` : ""}`;
  }

  private address(time: string): string {
    return `/live/${this.room.slug}?at=${encodeURIComponent(time)}`;
  }

  private go(to: number): void {
    this.at = Math.max(0, Math.min(this.moments.length - 1, to));
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.shown = this.moments[this.at]?.time ?? "";
      this.requestUpdate();
    }, REST);
    this.requestUpdate();
  }

  private jump(to: number): void {
    this.stop();
    this.go(to);
  }

  private readonly play = (): void => {
    if (this.playing) return this.stop();
    if (this.at === this.moments.length - 1) this.go(0);
    this.playing = window.setInterval(() => {
      if (this.at >= this.moments.length - 1) this.stop();
      else this.go(this.at + 1);
    }, BEAT);
    this.requestUpdate();
  };

  private stop(): void {
    clearInterval(this.playing);
    this.playing = 0;
    this.requestUpdate();
  }

  /** The slider has the arrows of its own; with Shift they lead from key event to key event. */
  private readonly key = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1 as const, ArrowRight: 1 as const }[event.key];
    const on_slider = (event.target as HTMLElement).matches("input");
    if (event.key === " " && on_slider) this.play();
    else if (by && event.shiftKey) this.jump(nextKey(this.moments, this.at, by));
    else if (by && !on_slider) this.jump(this.at + by);
    else return;
    event.preventDefault();
  };
}
