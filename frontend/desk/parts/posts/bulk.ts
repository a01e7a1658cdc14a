/** What is done to all posts that are chosen, and what came of it. */
import { html, type TemplateResult } from "lit";
import { changes, MOST, type Batch, type Report } from "../../batch.ts";
import type { Post } from "../../shapes.ts";
import { words } from "../../words.ts";

const said = words.posts;
const ACTIONS = ["pin", "unpin", "key", "unkey"] as const;

export function bulkBar(chosen: readonly Post[], act: (action: string) => void, clear: () => void): TemplateResult {
  const stand = chosen.some((post) => post.status === "published");
  const button = (action: string, name: string, on: boolean) =>
    html`<button type="button" data-bulk=${action} ?disabled=${!on || chosen.length > MOST} @click=${() => act(action)}>${name}</button>`;
  return html`<div class="bulk" role="group" aria-label=${said.withChosen}>
    <b role="status">${said.chosen(chosen.length)}</b>
    ${ACTIONS.map((action) => button(action, words.page[action], chosen.some((post) => changes(post, action))))}
    ${button("verification", said.verify, chosen.some((post) => changes(post, "verification")))}
    ${button("topic", said.addTopic, stand)} ${button("withdraw", said.withdraw, stand)}
    <button type="button" class="quiet" @click=${clear}>${said.clear}</button>
    ${chosen.length > MOST ? html`<span class="hint">${said.tooMany(MOST)}</span>` : ""}
  </div>`;
}

export function bulkReport(batch: Batch, report: Report, again: () => void, dismiss: () => void): TemplateResult {
  const { waiting, done, refused } = report;
  const whole = batch.filed.length;
  const name = words.actions[batch.action] ?? batch.action;
  return html`<section class="report" aria-label=${said.report}>
    <p role="status">${waiting ? said.progress(name, whole - waiting, whole) : said.finished(name, done, whole)}</p>
    ${waiting ? html`<progress max=${whole} value=${whole - waiting} aria-label=${name}></progress>` : ""}
    ${refused.length
      ? html`<p>${said.refused(refused.length)}</p>
          <ul class="lines">${refused.map((one) => html`<li><b dir="auto">${one.label}</b> ${words.refusal(one.reason)}</li>`)}</ul>`
      : ""}
    <p class="buttons">
      ${refused.length && !waiting ? html`<button type="button" class="quiet" @click=${again}>${said.chooseRefused}</button>` : ""}
      ${waiting ? "" : html`<button type="button" class="quiet" @click=${dismiss}>${words.queue.dismiss}</button>`}
    </p>
  </section>`;
}
