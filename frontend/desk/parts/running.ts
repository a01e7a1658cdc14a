/** Running the coverage: where it stands, what it is called, its briefing, who belongs to it. */
import { html, svg, type TemplateResult } from "lit";
import { Refused } from "../api.ts";
import type { CoverageDesk } from "../coverage.ts";
import { fileStatus } from "../filing.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { atLeast } from "../rights.ts";
import type { Briefing, Coverage, Role, Status } from "../shapes.ts";
import { dayAndClock, local, moment } from "../times.ts";
import { words } from "../words.ts";
import { adding, choice, input, mark, remove } from "./details.ts";

const said = words.running;
const ROLES: Role[] = ["editor", "reporter", "contributor", "viewer"];

interface Member {
  id: string;
  name: string;
  role: Role;
}
interface Figures {
  readers: number;
  posts: number;
  hours: { posts: number }[];
  /** Seconds, the median. */
  published_after: number | null;
}
const STATUSES: Status[] = ["scheduled", "live", "paused", "ended"];

export class DeskRunning extends Part {
  static override properties = { room: { attribute: false } };
  declare room: CoverageDesk;
  private changes: Partial<Coverage> = {};
  private briefing: Briefing | null = null;
  private note = "";
  private problem = "";
  private invitation = "";
  private team: Member[] = [];
  private figures: Figures | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void newsroom.readCoverages();
    if (atLeast(newsroom.roleIn(this.room.slug), "editor")) void this.readTeam();
    void newsroom.read<Figures>(`/api/coverages/${this.room.slug}/numbers`).then((figures) => {
      this.figures = figures ?? null;
      this.requestUpdate();
    });
  }

  override render(): TemplateResult {
    const { coverage } = this.room;
    if (!coverage) return html`<p class="notice">${words.loading}</p>`;
    const runs = atLeast(newsroom.roleIn(this.room.slug), "editor");
    const now = { ...coverage, ...this.changes };
    const briefing = this.briefing ?? this.room.briefing;
    return html`<p class="back"><a href="/desk">${words.allCoverages}</a></p>
      <h1>${coverage.title}</h1>
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      <p class="kept" role="status">${this.note}</p>
      ${this.numbers()}
      <fieldset class="sheet" ?disabled=${!runs}>
        <legend class="unseen">${words.views.running}</legend>
        ${this.statuses(coverage.status)} ${this.description(now)} ${this.related(now)}
        ${briefing ? this.briefed(briefing, now.timezone) : ""} ${runs ? this.members() : ""}
      </fieldset>`;
  }

  private numbers(): TemplateResult | string {
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

  private statuses(status: Status): TemplateResult {
    return html`<section><h2>${said.statusNow}</h2>
      <p class="buttons">${STATUSES.map(
        (one) => html`<button type="button" aria-pressed=${one === status} class=${one === status ? "strong" : ""}
          @click=${() => one !== status && this.setStatus(one)}>${words.status[one]}</button>`,
      )}</p></section>`;
  }

  private async setStatus(status: Status): Promise<void> {
    await fileStatus(this.room, status);
    this.room.coverage = { ...this.room.coverage!, status };
    this.requestUpdate();
  }

  private description(now: Coverage): TemplateResult {
    const set = (part: Partial<Coverage>) => {
      this.changes = { ...this.changes, ...part };
      this.requestUpdate();
    };
    const whole = (value: string) => (value.trim() ? Number(value) : null);
    return html`<section>
      ${input(said.title, now.title, (title) => set({ title }))}
      <label class="field"><span>${said.summary}</span>
        <textarea rows="3" .value=${now.summary ?? ""} @input=${(event: Event) => set({ summary: (event.target as HTMLTextAreaElement).value })}></textarea></label>
      ${"two_person" in now ? mark(said.twoPerson, Boolean(now.two_person), (two_person) => set({ two_person })) : ""}
      ${"reporters_publish" in now ? mark(said.reportersPublish, Boolean(now.reporters_publish), (reporters_publish) => set({ reporters_publish })) : ""}
      ${"remind_after" in now ? input(said.remindAfter, String(now.remind_after ?? ""), (value) => set({ remind_after: whole(value) }), { type: "number" }) : ""}
      ${"close_after" in now ? input(said.closeAfter, String(now.close_after ?? ""), (value) => set({ close_after: whole(value) }), { type: "number" }) : ""}
      <button type="button" class="strong" ?disabled=${!Object.keys(this.changes).length} @click=${this.describe}>${words.save}</button>
    </section>`;
  }

  private related(now: Coverage): TemplateResult {
    const others = newsroom.coverages.filter((one) => one.slug !== now.slug && !now.related.includes(one.slug));
    const set = (related: string[]) => {
      this.changes = { ...this.changes, related };
      this.requestUpdate();
    };
    const title = (slug: string) => newsroom.coverages.find((one) => one.slug === slug)?.title ?? slug;
    return html`<section><h2>${said.related}</h2>
      <ol class="lines">${now.related.map((slug) => html`<li>${title(slug)} ${remove(() => set(now.related.filter((one) => one !== slug)))}</li>`)}</ol>
      <p class="hint">${said.relatedHint}</p>
      ${others.length && now.related.length < 8
        ? html`<label class="field"><span>${words.add}</span><select @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            if (select.value) set([...now.related, select.value]);
            select.value = "";
          }}><option value=""></option>${others.map((one) => html`<option value=${one.slug}>${one.title}</option>`)}</select></label>`
        : ""}
    </section>`;
  }

  private readonly describe = async (): Promise<void> => {
    const sent = this.changes;
    await this.tried(async () => {
      await newsroom.api.send(`/api/coverages/${this.room.slug}`, { method: "PATCH", body: sent });
      this.changes = {};
      await this.room.read();
    });
  };

  private briefed(briefing: Briefing, zone: string): TemplateResult {
    const set = (part: Partial<Briefing>) => {
      this.briefing = { ...briefing, ...part };
      this.requestUpdate();
    };
    return html`<section class="briefed"><h2>${said.briefing}</h2>
      <label class="field"><span>${said.briefingSummary}</span>
        <textarea rows="4" .value=${briefing.summary ?? ""} @input=${(event: Event) => set({ summary: (event.target as HTMLTextAreaElement).value || null })}></textarea></label>
      ${rows(said.agenda, briefing.agenda, { at: new Date().toISOString(), title: "" }, (agenda) => set({ agenda }), (one, change) => html`
        ${input(said.at, local(one.at, zone), (at) => at && change({ at: moment(at, zone) }), { type: "datetime-local" })}
        ${input(said.what, one.title, (title) => change({ title }))}
        ${input(words.compose.place, one.place ?? "", (place) => change({ place: place || null }))}`)}
      ${rows(said.people, briefing.people, { name: "" }, (people) => set({ people }), (one, change) => html`
        ${input(words.compose.person, one.name, (name) => change({ name }))}
        ${input(said.role, one.role ?? "", (role) => change({ role: role || null }))}`)}
      ${rows(said.issues, briefing.issues, { title: "" }, (issues) => set({ issues }), (one, change) => html`
        ${input(said.title, one.title, (title) => change({ title }))}
        ${input(said.issueText, one.text ?? "", (text) => change({ text: text || null }))}`)}
      ${input(said.next, briefing.next ?? "", (next) => set({ next: next || null }))}
      <button type="button" class="strong" ?disabled=${!this.briefing} @click=${this.brief}>${words.save}</button>
    </section>`;
  }

  private readonly brief = async (): Promise<void> => {
    const { revision, summary, people, issues, agenda, next } = this.briefing!;
    await this.tried(async () => {
      await newsroom.api.send(`/api/coverages/${this.room.slug}/briefing`, {
        method: "PUT",
        headers: revision ? { "If-Match": `"${revision}"` } : {},
        body: {
          summary, next,
          people: people.filter((one) => one.name.trim()),
          issues: issues.filter((one) => one.title.trim()),
          agenda: agenda.filter((one) => one.title.trim()),
        },
      });
      this.briefing = null;
      await this.room.read();
    });
  };

  private members(): TemplateResult {
    const here = new Set(this.team.map((one) => one.id));
    const others = newsroom.people.filter((one) => !here.has(one.id));
    const path = `/api/coverages/${this.room.slug}/members`;
    const set = (id: string, role: Role) =>
      this.tried(() => newsroom.api.send(`${path}/${id}`, { method: "PUT", body: { role } }).then(() => this.readTeam()));
    return html`<section><h2>${said.members}</h2>
      ${this.team.map(
        (one) => html`<div class="row"><span class="person">${one.name}</span>
          ${choice(said.role, ROLES, words.roles, one.role, (role) => set(one.id, role))}
          ${remove(() => this.tried(() => newsroom.api.send(`${path}/${one.id}`, { method: "DELETE" }).then(() => this.readTeam())))}</div>`,
      )}
      ${others.length
        ? html`<label class="field"><span>${said.addMember}</span><select @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            if (select.value) void set(select.value, "editor");
            select.value = "";
          }}><option value=""></option>${others.map((one) => html`<option value=${one.id}>${one.name}</option>`)}</select></label>`
        : ""}
      <button type="button" @click=${this.invite}>${said.invite}</button>
      ${this.invitation ? html`<p class="hint">${this.invitation}</p>` : ""}
    </section>`;
  }

  private async readTeam(): Promise<void> {
    const found = await newsroom.read<{ members: Member[] }>(`/api/coverages/${this.room.slug}/members`);
    this.team = found?.members ?? [];
    this.requestUpdate();
  }

  private readonly invite = async (): Promise<void> => {
    await this.tried(async () => {
      const made = await newsroom.api.json<{ url: string; expires_at: string }>(
        `/api/coverages/${this.room.slug}/invitations`, { method: "POST", body: {} });
      this.invitation = `${said.invited(dayAndClock(made.expires_at))} ${new URL(made.url, location.href).href}`;
    });
  };

  private async tried(act: () => Promise<unknown>): Promise<void> {
    this.problem = this.note = "";
    try {
      await act();
      this.note = words.saved;
    } catch (error) {
      const stale = error instanceof Refused && error.status === 412;
      this.problem = stale ? said.stale : error instanceof Refused ? error.message : words.link.offline;
    }
    this.requestUpdate();
  }
}

function rows<T>(
  title: string,
  items: readonly T[],
  fresh: T,
  set: (items: T[]) => void,
  fields: (item: T, change: (part: Partial<T>) => void) => TemplateResult,
): TemplateResult {
  return html`<h3>${title}</h3>
    ${items.map((item, n) => html`<div class="row">
      ${fields(item, (part) => set(items.map((one, m) => (m === n ? { ...one, ...part } : one))))}
      ${remove(() => set(items.filter((_, m) => m !== n)))}
    </div>`)}
    ${adding(words.add, () => set([...items, fresh]))}`;
}
