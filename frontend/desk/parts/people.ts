/** The people of the house: who is let in, and as what. For administrators. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import type { Account } from "../shapes.ts";
import { words } from "../words.ts";
import { input } from "./details.ts";
import { tried } from "./trying.ts";

const said = words.people;

export class DeskPeople extends Part {
  private accounts: Account[] | null = null;
  private sought = "";
  private problem = "";
  private adds = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  override render(): TemplateResult {
    const found = (this.accounts ?? []).filter((one) => isFound(one, this.sought));
    return html`<p class="back"><a href="/desk">${words.allCoverages}</a></p>
      <div class="front-head"><h1>${said.title}</h1>
        <button type="button" aria-expanded=${this.adds ? "true" : "false"} @click=${this.toggle}>${said.add}</button></div>
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      ${this.adds ? html`<desk-newcomer @changed=${this.again}></desk-newcomer>` : ""}
      ${input(said.find, this.sought, (sought) => {
        this.sought = sought;
        this.requestUpdate();
      }, { type: "search" })}
      ${this.accounts ? this.list(said.open, found.filter((one) => !one.closed)) : html`<p class="notice">${words.loading}</p>`}
      ${this.list(said.closed, found.filter((one) => one.closed))}
      ${this.accounts && !found.length ? html`<p class="notice">${said.nobody}</p>` : ""}`;
  }

  private list(title: string, accounts: readonly Account[]): TemplateResult | string {
    if (!accounts.length) return "";
    return html`<section class="accounts"><h2>${title} <span class="count">${accounts.length}</span></h2>
      <ul>${repeat(accounts, (one) => one.id, (one) => html`<li><desk-account .account=${one} @changed=${this.again}></desk-account></li>`)}</ul>
    </section>`;
  }

  private readonly toggle = (): void => {
    this.adds = !this.adds;
    this.requestUpdate();
    if (this.adds) void this.updateComplete.then(() => this.querySelector<HTMLElement>("desk-newcomer input")?.focus());
  };

  private readonly again = (): void => {
    void this.read();
    void newsroom.readPeople(); // the names that bylines offer
  };

  private async read(): Promise<void> {
    this.problem = await tried(async () => {
      this.accounts = (await newsroom.api.json<{ people: Account[] }>("/api/people")).people;
    });
    this.requestUpdate();
  }
}

function isFound({ name, email, place, organisation }: Account, sought: string): boolean {
  const all = [name, email, place, organisation].join(" ").toLowerCase();
  return all.includes(sought.trim().toLowerCase());
}
