/** Somebody to be let in: the form, then the link that is for them alone. */
import { html, type TemplateResult } from "lit";
import { sendOnce } from "../once.ts";
import { Part } from "../part.ts";
import type { Account, OneTimeLink, Role } from "../shapes.ts";
import { words } from "../words.ts";
import { accountFields, type Fields } from "./account-fields.ts";
import { passwordLink } from "./link.ts";
import { tried } from "./trying.ts";

const said = words.people;
const NOBODY: Fields = { name: "", email: "", role: "reporter" as Role, organisation: "", place: "" };

export class DeskNewcomer extends Part {
  private fields = NOBODY;
  private problem = "";
  private added: { person: Account; link: OneTimeLink } | null = null;

  override render(): TemplateResult {
    const { added } = this;
    return html`<form class="account-form newcomer" aria-label=${said.add} @submit=${this.add}>
      ${accountFields(this.fields, (part) => {
        this.fields = { ...this.fields, ...part };
        this.requestUpdate();
      }, { needsEmail: true })}
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      <button class="strong">${said.letIn}</button>
      ${added ? passwordLink(added.person.name, added.link) : ""}
    </form>`;
  }

  private readonly add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { name, email, role, organisation, place } = this.fields;
    const body = { name, email, role, organisation: organisation || null, place: place || null };
    this.problem = await tried(async () => {
      const answer = await sendOnce("/api/people", { method: "POST", body });
      this.added = (await answer.json()) as { person: Account; link: OneTimeLink };
      this.fields = NOBODY;
      this.dispatchEvent(new Event("changed"));
    });
    if (this.problem) this.added = null;
    this.requestUpdate();
  };
}
