/** Where the coverage stands, what it is called, under which terms it runs. */
import { html, type TemplateResult } from "lit";
import { fileStatus } from "../../filing.ts";
import type { Coverage, Status } from "../../shapes.ts";
import { words } from "../../words.ts";
import { input, mark, placeLists } from "../details.ts";
import { area, line, Sheet } from "./sheet.ts";

const said = words.running;
const STATUSES: Status[] = ["scheduled", "live", "paused", "ended"];

export class DeskDescription extends Sheet {
  private changes: Partial<Coverage> = {};

  override render(): TemplateResult {
    const coverage = this.room.coverage!;
    const now = { ...coverage, ...this.changes };
    return html`${this.statuses(coverage.status)} ${this.description(now)}`;
  }

  /** What somebody else has written meanwhile, of what is changed here too. */
  private beside(): TemplateResult {
    const take = () => {
      const { title, summary, ...rest } = this.changes;
      [this.changes, this.seen] = [rest, {}];
    };
    return this.choice(Object.values(this.stands) as string[], take, this.save);
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

  private set(part: Partial<Coverage>): void {
    this.changes = { ...this.changes, ...part };
    const { title, summary } = this.room.coverage!;
    this.seen = { ...("title" in part ? { title } : {}), ...("summary" in part ? { summary } : {}), ...this.seen };
    this.requestUpdate();
  }

  private description(now: Coverage): TemplateResult {
    const whole = (value: string) => (value.trim() ? Number(value) : null);
    return html`<section>
      ${line(said.title, now.title, (title) => this.set({ title }))}
      ${area(said.summary, now.summary ?? "", 3, (summary) => this.set({ summary }))}
      ${this.fixed(now)}
      ${mark(said.twoPerson, Boolean(now.two_person), (two_person) => this.set({ two_person }))}
      ${mark(said.reportersPublish, Boolean(now.reporters_publish), (reporters_publish) => this.set({ reporters_publish }))}
      ${input(said.remindAfter, String(now.remind_after ?? ""), (value) => this.set({ remind_after: whole(value) }), { type: "number" })}
      ${input(said.closeAfter, String(now.close_after ?? ""), (value) => this.set({ close_after: whole(value) }), { type: "number" })}
      ${this.outcome()} ${this.isStale ? this.beside() : ""}
      <button type="button" class="strong" ?disabled=${!Object.keys(this.changes).length || this.isStale} @click=${this.save}>${words.save}</button>
    </section>`;
  }

  /** What posts are made with: as soon as there are some, it stays as it is. */
  private fixed(now: Coverage): TemplateResult {
    const stays = this.room.page.posts.size > 0;
    return html`<fieldset class="sheet" ?disabled=${stays}>
        <legend class=${stays ? "hint" : "unseen"}>${said.fixed}</legend>
        ${placeLists()}
        ${input(said.timezone, now.timezone, (timezone) => this.set({ timezone }), { list: "zones" })}
        ${input(said.language, now.language, (language) => this.set({ language }), { list: "languages" })}
        ${mark(said.rehearsal, Boolean(now.rehearsal), (rehearsal) => this.set({ rehearsal }))}
      </fieldset>`;
  }

  private readonly save = async (): Promise<void> => {
    const sent = this.changes;
    if ((await this.describe(sent)) && this.changes === sent) [this.changes, this.seen] = [{}, {}];
  };
}
