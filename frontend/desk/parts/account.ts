/** One person of the house: a line in the list that opens to be changed. */
import { html, type TemplateResult } from "lit";
import { newsroom } from "../newsroom.ts";
import { sendOnce } from "../once.ts";
import { Part } from "../part.ts";
import type { Account, OneTimeLink } from "../shapes.ts";
import { listed } from "../speech.ts";
import { when } from "../times.ts";
import { words } from "../words.ts";
import { accountFields, type Fields } from "./account-fields.ts";
import { ask } from "./dialog.ts";
import { passwordLink } from "./link.ts";
import { tried } from "./trying.ts";

const said = words.people;

export class DeskAccount extends Part {
  static override properties = { account: { attribute: false } };
  declare account: Account;
  private changes: Partial<Fields> = {};
  private link: OneTimeLink | null = null;
  private problem = "";
  private note = "";

  override render(): TemplateResult {
    const { account } = this;
    const where = listed([account.place, account.organisation].flatMap((one) => one || []));
    return html`<details class="account" name="account">
      <summary>
        <span class="who"><b>${account.name}</b>${account.id === newsroom.me.id ? html` <i>${said.you}</i>` : ""}</span>
        <span class="role">${words.roles[account.role]}</span>
        <span class="where-from">${where}</span>
        <span class="email">${account.email ?? said.invited}</span>
        <span class="seen">${seen(account)}</span>
      </summary>
      <form class="account-form" aria-label=${account.name} @submit=${this.save}>
        ${accountFields({ ...fieldsOf(account), ...this.changes }, (part) => {
          this.changes = { ...this.changes, ...part };
          this.requestUpdate();
        }, { needsEmail: Boolean(account.email) })}
        ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
        <p class="buttons">
          <button class="strong" ?disabled=${!Object.keys(this.changes).length}>${words.save}</button>
          ${account.email && !account.closed ? html`<button type="button" @click=${this.reset}>${said.newLink}</button>` : ""}
          ${account.closed
            ? html`<button type="button" @click=${this.open}>${said.openAgain}</button>`
            : html`<button type="button" @click=${this.signOut}>${said.signOut}</button>`}
          ${account.closed || account.id === newsroom.me.id ? "" : html`<button type="button" @click=${this.close}>${said.close}</button>`}
        </p>
        <p class="kept" role="status">${this.note}</p>
        ${this.link ? passwordLink(account.name, this.link) : ""}
      </form>
    </details>`;
  }

  private readonly save = (event: Event): Promise<void> => {
    event.preventDefault();
    const body = Object.fromEntries(Object.entries(this.changes).map(([name, value]) => [name, value || null]));
    return this.try_(words.saved, async () => {
      await this.send("PATCH", "", body);
      this.changes = {};
      if (this.account.id === newsroom.me.id) newsroom.me = await newsroom.api.me();
    });
  };

  private readonly reset = (): Promise<void> =>
    this.try_("", async () => {
      this.link = (await (await this.send("POST", "/reset")).json()) as OneTimeLink;
    });

  private readonly signOut = async (): Promise<void> => {
    const { name } = this.account;
    if (!(await ask({ title: said.signOutTitle(name), text: said.signOutText, yes: said.signOut }))) return;
    await this.try_(said.signedOut, () => this.send("POST", "/sign-out"));
  };

  private readonly close = async (): Promise<void> => {
    const { name } = this.account;
    if (!(await ask({ title: said.closeTitle(name), text: said.closeText, yes: said.close, grave: true }))) return;
    await this.try_("", () => this.send("PATCH", "", { closed: true }));
  };

  private readonly open = async (): Promise<void> => {
    const { name } = this.account;
    if (!(await ask({ title: said.openTitle(name), text: said.openText, yes: said.openAgain }))) return;
    await this.try_("", () => this.send("PATCH", "", { closed: false }));
  };

  private send(method: string, action: string, body?: unknown): Promise<Response> {
    return sendOnce(`/api/people/${this.account.id}${action}`, { method, ...(body === undefined ? {} : { body }) });
  }

  /** What stands there now is read anew also after a refusal: somebody else may have been faster. */
  private async try_(note: string, act: () => Promise<unknown>): Promise<void> {
    this.link = null;
    this.problem = await tried(act);
    this.note = this.problem ? "" : note;
    this.requestUpdate();
    this.dispatchEvent(new Event("changed"));
  }
}

function fieldsOf({ name, email, role, organisation, place }: Account): Fields {
  return { name, email: email ?? "", role, organisation: organisation ?? "", place: place ?? "" };
}

function seen({ seen_at, waiting, email, closed }: Account): string {
  if (closed) return "";
  if (seen_at) return said.seen(when(seen_at, Date.now()));
  return waiting && email ? said.waiting : "";
}
