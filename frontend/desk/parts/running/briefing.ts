/** The briefing beside the stream: what happens, who takes part, what comes next. Set as a whole. */
import { html, type TemplateResult } from "lit";
import type { Briefing } from "../../shapes.ts";
import { local, moment } from "../../times.ts";
import { words } from "../../words.ts";
import { input } from "../details.ts";
import { area, rows, Sheet } from "./sheet.ts";

const said = words.running;

export class DeskBriefing extends Sheet {
  /** With what was changed here; null where nothing was. */
  private briefing: Briefing | null = null;

  override render(): TemplateResult | string {
    const briefing = this.briefing ?? this.room.briefing;
    if (!briefing) return "";
    const zone = this.room.coverage!.timezone;
    const set = (part: Partial<Briefing>) => {
      this.briefing = { ...briefing, ...part };
      this.requestUpdate();
    };
    return html`<section class="briefed"><h2>${said.briefing}</h2>
      ${area(said.briefingSummary, briefing.summary ?? "", 4, (summary) => set({ summary: summary || null }))}
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
      ${this.outcome()}
      <button type="button" class="strong" ?disabled=${!this.briefing} @click=${this.brief}>${words.save}</button>
    </section>`;
  }

  private readonly brief = async (): Promise<void> => {
    const sent = this.briefing!;
    const { revision, summary, people, issues, agenda, next } = sent;
    await this.tried(async () => {
      await this.send(
        "PUT",
        "/briefing",
        {
          summary, next,
          people: people.filter((one) => one.name.trim()),
          issues: issues.filter((one) => one.title.trim()),
          agenda: agenda.filter((one) => one.title.trim()),
        },
        { "If-Match": `"${revision}"` },
      );
      // Not sooner: until then the room has the one before, and what is typed would begin from that.
      await this.room.read();
      // What was typed before the answer came stays, over what was saved.
      this.briefing = this.briefing === sent ? null : { ...this.briefing!, revision: revision + 1 };
    });
  };
}
