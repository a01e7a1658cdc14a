/** One coverage: three columns on a wide screen, one with a bar below on a telephone. */
import { html, type TemplateResult } from "lit";
import { DESK, pathOf, type View } from "../addresses.ts";
import type { CoverageDesk } from "../coverage.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { words } from "../words.ts";

const BAR: View[] = ["write", "queue", "page", "posts", "running"];

export class DeskCoverage extends Part {
  static override properties = { room: { attribute: false }, view: {}, paperId: {} };
  declare room: CoverageDesk;
  declare view: View;
  declare paperId: string;

  override render(): TemplateResult {
    const { room, view, paperId } = this;
    const waits = room.drafts.filter((draft) => draft.state === "submitted").length;
    const late = newsroom.entries.length;
    const columns = DESK.includes(view);
    return html`${!columns
        ? html`<main id="work" class="plain-page is-${view}" tabindex="-1">${this.sheet()}</main>`
        : html`<main id="work" class="desk-columns" data-view=${view}>
            <h1 class="unseen">${room.coverage?.title ?? room.slug}</h1>
            <nav id="queue" class="column-queue" aria-label=${words.queue.title} tabindex="-1">
              <desk-queue .room=${room} .open=${paperId}></desk-queue>
            </nav>
            <section class="column-write" aria-label=${words.compose.title}>
              <desk-composer .room=${room} .paperId=${paperId}></desk-composer>
            </section>
            <section id="readers" class="column-page" aria-label=${words.page.title} tabindex="-1">
              <desk-page .room=${room}></desk-page>
            </section>
          </main>`}
      <nav class="bottom" aria-label=${words.desk}>
        ${BAR.map(
          (one) => html`<a href=${pathOf(room.slug, one, columns && DESK.includes(one) ? paperId : "")} aria-current=${one === (view === "replay" ? "posts" : view) ? "page" : "false"}
            >${words.views[one]}${one === "queue" && waits + late ? html` <b>${waits + late}</b>` : ""}</a
          >`,
        )}
      </nav>`;
  }

  private sheet(): TemplateResult {
    const { room, view, paperId } = this;
    if (view === "running") return html`<desk-running .room=${room}></desk-running>`;
    if (view === "replay") return html`<desk-replay .room=${room}></desk-replay>`;
    if (paperId) return html`<desk-history .room=${room} .post=${paperId}></desk-history>`;
    return html`<desk-posts .room=${room}></desk-posts>`;
  }
}
