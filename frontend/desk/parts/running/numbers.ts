/** The coverage in numbers: plain pictures, of no single person. */
import { html, svg, type TemplateResult } from "lit";
import { newsroom } from "../../newsroom.ts";
import { words } from "../../words.ts";
import { Sheet } from "./sheet.ts";

const said = words.running;
/** Readers come and go; who looks on sees it. */
const AGAIN = 10_000;

interface Figures {
  readers: number;
  posts: number;
  hours: { posts: number }[];
  /** Seconds, the median. */
  published_after: number | null;
}

export class DeskNumbers extends Sheet {
  private figures: Figures | null = null;

  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => document.hidden || void this.read(), AGAIN);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private async read(): Promise<void> {
    this.figures = (await newsroom.read<Figures>(`${this.path}/numbers`)) ?? null;
    this.requestUpdate();
  }

  override render(): TemplateResult | string {
    const { figures } = this;
    if (!figures) return "";
    const hours = figures.hours.map((hour) => hour.posts);
    const most = Math.max(1, ...hours);
    const median = figures.published_after;
    return html`<dl class="numbers">
        <div><dt>${said.readers}</dt><dd>${figures.readers}</dd></div>
        <div><dt>${said.posts}</dt><dd>${figures.posts}</dd></div>
        ${median === null ? "" : html`<div><dt>${said.median}</dt><dd>${said.lasts(Math.round(median))}</dd></div>`}
      </dl>
      <svg class="hours" viewBox="0 0 ${hours.length * 10} 42" role="img" aria-label=${said.perHour(hours)}>
        ${hours.map((posts, n) => svg`<rect x=${n * 10} y=${40 - (posts * 40) / most} width="8" height=${(posts * 40) / most + 1} />`)}
      </svg>`;
  }
}
