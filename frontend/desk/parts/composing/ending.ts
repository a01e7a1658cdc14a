/** What ends a post: its plan, what stands in its way, its buttons, and what the desk says of it. */
import { html, type TemplateResult } from "lit";
import type { CoverageDesk } from "../../coverage.ts";
import type { Paper } from "../../device/database.ts";
import { isUnsent } from "../../device/papers.ts";
import { added, counted } from "../../model/check.ts";
import { newsroom } from "../../newsroom.ts";
import { mayPublish, mayReview } from "../../rights.ts";
import type { Content, Draft } from "../../shapes.ts";
import { listed } from "../../speech.ts";
import { clock, dayAndClock } from "../../times.ts";
import { words } from "../../words.ts";
import { seen } from "./deciding.ts";

const said = words.compose;
type Act = (action: string) => void;

interface Writing {
  room: CoverageDesk;
  paper: Paper;
  content: Content;
  act: Act;
  /** The comment that is being written, and what becomes of it. */
  remark: string;
  write: (remark: string) => void;
  send: () => void;
}

export function ending({ room, paper, content, act, ...commenting }: Writing): TemplateResult {
  const own = seen(content, room.names);
  const warnings = draftOf(room, paper)?.warnings ?? [];
  const remarks = [...own, ...added(own, warnings, content)];
  const [must, doubt] = [remarks.filter((one) => one.must), remarks.filter((one) => !one.must)];
  const { words: count, characters } = counted(content);
  const list = (title: string, found: typeof remarks, kind: string) =>
    found.length
      ? html`<div class=${kind}><b>${title}</b><ul>${[...new Set(found.map((one) => words.remark(one)))].map((one) => html`<li>${one}</li>`)}</ul></div>`
      : "";
  const is_empty = !content.headline?.trim() && !content.blocks.length;
  return html`<div class="ending">
    ${plan(room, paper)} ${is_empty ? "" : html`<div class="remarks">${list(said.must, must, "must")}${list(said.doubt, doubt, "doubt")}</div>`}
    <div class="bar">${buttons(room, paper, must.length > 0, act)}
      <p class="kept" role="status">${keptWords(room, paper)} <span>${said.count(count, characters)}</span></p>
    </div>
    ${comments(room, paper, commenting)}
  </div>`;
}

function plan(room: CoverageDesk, paper: Paper): TemplateResult | string {
  const draft = draftOf(room, paper);
  const released = draft?.released_by ?? [];
  return html`${draft?.publish_at
    ? html`<p class="notice">${said.scheduledFor(dayAndClock(draft.publish_at, room.coverage?.timezone))}</p>`
    : ""}
  ${room.coverage?.two_person
    ? html`<p class="notice">${said.twoPerson} ${released.length ? said.released(listed(released.map((one) => one.name))) : ""}</p>`
    : ""}`;
}

function keptWords(room: CoverageDesk, paper: Paper): string {
  if (!paper.changed && paper.version === null) return "";
  if (isUnsent(paper)) return newsroom.isSending ? said.syncing : said.kept;
  return paper.synced ? said.synced(clock(paper.synced, room.coverage?.timezone)) : "";
}

function buttons(room: CoverageDesk, paper: Paper, blocked: boolean, act: Act): TemplateResult {
  const role = newsroom.roleIn(room.slug);
  const button = (name: string, action: string, kind = "") =>
    html`<button type="button" class=${kind} data-action=${action} ?disabled=${blocked && !["discard", "return"].includes(action)}
      @click=${() => act(action)}>${name}</button>`;
  const [publishes, reviews] = [mayPublish(role, room.coverage), mayReview(role)];
  const handed = paper.state === "submitted" || paper.state === "scheduled";
  return html`${publishes ? button(paper.post ? said.publishChange : said.publish, "publish", "strong") : ""}
    ${handed ? "" : button(said.submit, "submit", publishes ? "" : "strong")}
    ${reviews && handed && room.coverage?.two_person ? button(said.approve, "approve") : ""}
    ${reviews && paper.state === "submitted" ? button(said.return, "return") : ""}
    ${publishes && !paper.post ? (paper.state === "scheduled" ? button(said.unschedule, "unschedule") : button(`${said.schedule} …`, "schedule")) : ""}
    ${paper.changed || paper.version !== null ? button(said.discard, "discard", "quiet") : ""}`;
}

function comments(room: CoverageDesk, paper: Paper, { remark, write, send }: Pick<Writing, "remark" | "write" | "send">): TemplateResult | string {
  const draft = draftOf(room, paper);
  if (!draft) return "";
  return html`<section class="comments" aria-label=${said.comments}>
    ${draft.comments.map(
      (one) => html`<p class=${one.kind}><b>${one.author.name}</b> <time>${clock(one.time, room.coverage?.timezone)}</time> ${one.text}</p>`,
    )}
    <div class="row">
      <label class="field"><span>${said.comment}</span><input id="comment" autocomplete="off" .value=${remark} @input=${(event: Event) =>
          write((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) send();
      }} /></label>
      <button type="button" class="quiet" @click=${send}>${said.send}</button>
    </div>
  </section>`;
}

function draftOf(room: CoverageDesk, paper: Paper): Draft | undefined {
  return room.drafts.find((one) => one.id === paper.id);
}
