/** The audit trail: who signed in, and what was done to accounts and rights. For administrators. */
import { html, type TemplateResult } from "lit";
import { sentence } from "../model/trail.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import type { Happening } from "../shapes.ts";
import { clock, day } from "../times.ts";
import { words } from "../words.ts";
import { tried } from "./trying.ts";

const said = words.audit;
const KINDS = Object.keys(said.kinds) as (keyof typeof said.kinds)[];

interface Page {
  happenings: Happening[];
  next: string | null;
}

export class DeskAudit extends Part {
  private happenings: Happening[] = [];
  private next: string | null = null;
  private person = "";
  private kind = "";
  private problem = "";
  private reading = true;
  /** The newest thing that was asked: an answer to an older one comes too late. */
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void newsroom.readPeople();
    void this.seek({});
  }

  override render(): TemplateResult {
    const { happenings } = this;
    const days = [...new Set(happenings.map((one) => day(one.time)))];
    return html`<p class="back"><a href="/desk">${words.allCoverages}</a></p>
      <h1>${said.title}</h1>
      <p class="hint">${said.hint}</p>
      <div class="row filters">
        ${choose(said.person, said.everybody, newsroom.people.map((one) => [one.id, one.name]), (person) => this.seek({ person }))}
        ${choose(said.kind, said.everything, KINDS.map((one) => [one, said.kinds[one]]), (kind) => this.seek({ kind }))}
      </div>
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      ${days.map((one) => html`<section class="trail"><h2>${one}</h2>
        <ul>${happenings.filter((happening) => day(happening.time) === one).map((happening) => this.line(happening))}</ul>
      </section>`)}
      ${happenings.length || this.problem ? "" : html`<p class="notice" role="status">${this.reading ? words.loading : said.none}</p>`}
      ${this.next ? html`<button type="button" ?disabled=${this.reading} @click=${() => this.read(this.next!)}>${said.older}</button>` : ""}`;
  }

  private line(one: Happening): TemplateResult {
    const titles = new Map(newsroom.coverages.map((coverage) => [coverage.slug, coverage.title]));
    return html`<li><time datetime=${one.time}>${clock(one.time)}</time>
      <span>${sentence(one, titles)}${one.address ? html`<span class="note">, ${said.from(one.address)}</span>` : ""}</span></li>`;
  }

  private seek(changed: { person?: string; kind?: string }): Promise<void> {
    this.person = changed.person ?? this.person;
    this.kind = changed.kind ?? this.kind;
    this.happenings = [];
    this.next = null;
    const asked = new URLSearchParams();
    if (this.person) asked.set("person", this.person);
    if (this.kind) asked.set("kind", this.kind);
    return this.read(`/api/audit?${asked}`);
  }

  private async read(path: string): Promise<void> {
    const asked = ++this.asked;
    this.reading = true;
    this.requestUpdate();
    const problem = await tried(async () => {
      const { happenings, next } = await newsroom.api.json<Page>(path);
      if (asked !== this.asked) return;
      this.happenings = [...this.happenings, ...happenings];
      this.next = next;
    });
    if (asked !== this.asked) return;
    this.problem = problem;
    this.reading = false;
    this.requestUpdate();
  }
}

function choose(
  name: string,
  all: string,
  options: readonly (readonly [string, string])[],
  set: (value: string) => void,
): TemplateResult {
  return html`<label class="field"><span>${name}</span>
    <select @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      <option value="">${all}</option>
      ${options.map(([value, title]) => html`<option value=${value}>${title}</option>`)}
    </select></label>`;
}
