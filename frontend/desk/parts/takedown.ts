/** How far a takedown is: what this server has emptied, and what is left for people to do. */
import { html, type TemplateResult } from "lit";
import type { CoverageDesk } from "../coverage.ts";
import type { Report } from "../takedowns.ts";
import { dayAndClock } from "../times.ts";
import { words } from "../words.ts";

const said = words.takedown;

export function takedownReports(room: CoverageDesk): TemplateResult[] {
  return [...room.takedowns.reports].map(([post, report]) => {
    const state = !report ? said.waiting : report.done ? said.done : said.running;
    return html`<section class="takedown" aria-label=${said.title}>
      <h3>${said.title}</h3>
      <p role="status">${state}</p>
      ${report ? told(report, room.coverage?.timezone) : ""}
      ${report?.done
        ? html`<button type="button" class="quiet" @click=${() => room.takedowns.putAway(post)}>${words.queue.dismiss}</button>`
        : ""}
    </section>`;
  });
}

function told(report: Report, zone: string | undefined): TemplateResult {
  const addresses = report.purge.map((path) => new URL(path, location.href).href);
  return html`<p class="hint">${said.by(report.by, dayAndClock(report.taken_down_at, zone))}</p>
    <ul class="steps">
      ${report.steps.map(({ what, done, count }) => {
        const name = said.steps[what]?.(count) ?? what;
        return html`<li class=${done ? "is-done" : ""}>${said.step(name, done ? said.isDone : said.notYet)}</li>`;
      })}
    </ul>
    ${report.kept ? html`<p>${said.kept(report.kept)}</p>` : ""}
    <details open><summary>${said.byHand}</summary>
      <ul class="by-hand">
        <li>${said.caches}
          <textarea readonly rows=${Math.min(6, addresses.length)} aria-label=${said.caches} .value=${addresses.join("\n")}></textarea></li>
        <li>${said.backups}</li>
        <li>${said.others}</li>
      </ul>
    </details>`;
}
