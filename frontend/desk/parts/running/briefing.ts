/**
 * The briefing beside the stream: what happens, who takes part, what comes next. Set as a whole.
 * What is written here and not saved yet is kept on the device, as posts are.
 */
import { html, type TemplateResult } from "lit";
import { putAtOnce } from "../../device/database.ts";
import { newsroom } from "../../newsroom.ts";
import type { Briefing } from "../../shapes.ts";
import { local, moment } from "../../times.ts";
import { words } from "../../words.ts";
import { input } from "../details.ts";
import { area, line, rows, Sheet } from "./sheet.ts";

const said = words.running;

export class DeskBriefing extends Sheet {
  /** With what was changed here; null where nothing was. */
  private briefing: Briefing | null = null;
  /** What somebody else has set meanwhile. */
  private theirs: Briefing | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void newsroom.device.get("answers", this.place).then((kept) => {
      this.briefing ??= (kept as Briefing | undefined) ?? null;
      this.requestUpdate();
    });
  }

  private get place(): string {
    return `${newsroom.me.id} briefing ${this.room.slug}`;
  }

  /** Null: nothing is written that was not saved. */
  private async keep(briefing: Briefing | null): Promise<void> {
    this.briefing = briefing;
    this.requestUpdate();
    if (!briefing) return newsroom.device.delete("answers", this.place);
    await putAtOnce(newsroom.device, briefing, this.place);
    if (this.briefing === briefing) this.note = words.compose.kept;
    this.requestUpdate();
  }

  override render(): TemplateResult | string {
    const briefing = this.briefing ?? this.room.briefing;
    if (!briefing) return "";
    const zone = this.room.coverage!.timezone;
    const set = (part: Partial<Briefing>) => void this.keep({ ...briefing, ...part });
    return html`<section class="briefed"><h2>${said.briefing}</h2>
      ${area(said.briefingSummary, briefing.summary ?? "", 4, (summary) => set({ summary: summary || null }))}
      ${rows(said.agenda, briefing.agenda, { at: new Date().toISOString(), title: "" }, (agenda) => set({ agenda }), (one, change) => html`
        ${input(said.at, local(one.at, zone), (at) => at && change({ at: moment(at, zone) }), { type: "datetime-local" })}
        ${line(said.what, one.title, (title) => change({ title }))}
        ${input(words.compose.place, one.place ?? "", (place) => change({ place: place || null }))}`)}
      ${rows(said.people, briefing.people, { name: "" }, (people) => set({ people }), (one, change) => html`
        ${input(words.compose.person, one.name, (name) => change({ name }))}
        ${line(said.role, one.role ?? "", (role) => change({ role: role || null }))}`)}
      ${rows(said.issues, briefing.issues, { title: "" }, (issues) => set({ issues }), (one, change) => html`
        ${line(said.title, one.title, (title) => change({ title }))}
        ${area(said.issueText, one.text ?? "", 1, (text) => change({ text: text || null }))}`)}
      ${line(said.next, briefing.next ?? "", (next) => set({ next: next || null }))}
      ${this.outcome()} ${this.theirs ? this.beside(this.theirs) : ""}
      <p class="buttons"><button type="button" class="strong" ?disabled=${!this.briefing || this.theirs} @click=${this.brief}>${words.save}</button></p>
    </section>`;
  }

  private beside(theirs: Briefing): TemplateResult {
    const lines = [
      theirs.summary, ...theirs.agenda.map((one) => one.title), ...theirs.people.map((one) => one.name),
      ...theirs.issues.map((one) => one.title), theirs.next,
    ];
    const end = (kept: Briefing | null) => {
      this.theirs = null;
      return this.keep(kept);
    };
    return this.choice(lines, () => end(null), () => end({ ...this.briefing!, revision: theirs.revision }).then(this.brief));
  }

  private readonly brief = async (): Promise<void> => {
    const sent = this.briefing!;
    const { revision, summary, people, issues, agenda, next } = sent;
    await this.tried(async () => {
      const body = {
        summary, next,
        people: people.filter((one) => one.name.trim()),
        issues: issues.filter((one) => one.title.trim()),
        agenda: agenda.filter((one) => one.title.trim()),
      };
      await this.send("PUT", "/briefing", body, { "If-Match": `"${revision}"` });
      // Not sooner: until then the room has the one before, and what is typed would begin from that.
      await this.read();
      // What was typed before the answer came stays, over what was saved.
      await this.keep(this.briefing === sent ? null : { ...this.briefing!, revision: revision + 1 });
    });
    if (!this.isStale) return;
    this.theirs = await this.read().catch(() => null);
    this.requestUpdate();
  };

  /** By itself: the room may be at reading since before. */
  private async read(): Promise<Briefing> {
    this.room.briefing = await newsroom.api.json<Briefing>(`${this.path}/briefing`);
    return this.room.briefing;
  }
}
