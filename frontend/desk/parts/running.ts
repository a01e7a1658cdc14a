/** Running the coverage: its sheets, one below the other. */
import { html, type TemplateResult } from "lit";
import type { CoverageDesk } from "../coverage.ts";
import { directionOf } from "../direction.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { atLeast } from "../rights.ts";
import { words } from "../words.ts";
import { houseLinks } from "./screens.ts";

export class DeskRunning extends Part {
  static override properties = { room: { attribute: false } };
  declare room: CoverageDesk;

  override render(): TemplateResult {
    const { room } = this;
    if (!room.coverage) return html`<p class="notice">${words.loading}</p>`;
    const { language, title } = room.coverage;
    const runs = atLeast(newsroom.roleIn(room.slug), "editor");
    return html`<p class="back"><a href="/desk">${words.allCoverages}</a></p>
      ${houseLinks("")}
      <h1><span lang=${language} dir=${directionOf(language)}>${title}</span></h1>
      <desk-numbers .room=${room}></desk-numbers>
      <fieldset class="sheet" ?disabled=${!runs}>
        <legend class="unseen">${words.views.running}</legend>
        <desk-description .room=${room}></desk-description>
        <desk-related .room=${room}></desk-related>
        <desk-pins .room=${room}></desk-pins>
        <desk-topics .room=${room}></desk-topics>
        <desk-briefing .room=${room}></desk-briefing>
        ${runs ? html`<desk-members .room=${room}></desk-members>` : ""}
      </fieldset>`;
  }
}
