/** The coverages, the live ones first. */
import { html, type TemplateResult } from "lit";
import { pathOf } from "../addresses.ts";
import { directionOf } from "../direction.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { atLeast } from "../rights.ts";
import { houseLinks } from "./screens.ts";
import type { Coverage, Status } from "../shapes.ts";
import { words } from "../words.ts";

const ORDER: Status[] = ["live", "paused", "scheduled", "ended"];
const said = words.front;

export class DeskFront extends Part {
  override render(): TemplateResult {
    const { coverages, me } = newsroom;
    return html`<div class="front-head"><h1>${said.title}</h1>
        ${atLeast(me.role ?? "viewer", "editor") ? html`<a class="button" href="/desk/new">${said.open}</a>` : ""}</div>
      ${houseLinks("front")}
      ${coverages.length ? "" : html`<p class="notice">${newsroom.knowsCoverages ? said.none : words.loading}</p>`}
      ${ORDER.map((status) => this.group(status, coverages.filter((one) => one.status === status)))}`;
  }

  private group(status: Status, coverages: readonly Coverage[]): TemplateResult | string {
    if (!coverages.length) return "";
    return html`<section class="front-list">
      <h2 class="status is-${status}">${said.group[status]}</h2>
      <ul>
        ${coverages.map(
          (one) => html`<li>
            <a class="title" lang=${one.language} dir=${directionOf(one.language)} href=${pathOf(one.slug)}>${one.title}</a>
            ${one.rehearsal ? html`<b class="rehearsal">${words.rehearsal}</b>` : ""}
            ${one.summary ? html`<p><span lang=${one.language} dir=${directionOf(one.language)}>${one.summary}</span></p>` : ""}
          </li>`,
        )}
      </ul>
    </section>`;
  }
}
