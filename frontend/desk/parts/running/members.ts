/** Who belongs to the coverage, and the invitation of who has no account. */
import { html, type TemplateResult } from "lit";
import { newsroom } from "../../newsroom.ts";
import { sendOnce } from "../../once.ts";
import type { Role } from "../../shapes.ts";
import { dayAndClock } from "../../times.ts";
import { words } from "../../words.ts";
import { choice, remove } from "../details.ts";
import { picking, Sheet } from "./sheet.ts";

const said = words.running;
const ROLES: Role[] = ["editor", "reporter", "contributor", "viewer"];

interface Member {
  id: string;
  name: string;
  role: Role;
}

/** A link that nobody has used yet. */
interface Open {
  id: string;
  label: string;
  person: string | null;
  expires_at: string;
}

export class DeskMembers extends Sheet {
  private team: Member[] = [];
  private open: Open[] = [];
  private invitation: { url: string; says: string[] } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.readTeam();
  }

  override render(): TemplateResult {
    const here = new Set(this.team.map((one) => one.id));
    const others = newsroom.people.filter((one) => !here.has(one.id));
    const set = (id: string, role: Role) => this.change("PUT", id, { role });
    return html`<section><h2>${said.members}</h2>
      ${this.team.map(
        (one) => html`<div class="row"><span class="person">${one.name}</span>
          ${choice(said.role, ROLES, words.roles, one.role, (role) => set(one.id, role))}
          ${remove(() => this.change("DELETE", one.id))}</div>`,
      )}
      ${others.length
        ? picking(said.addMember, others.map((one) => ({ value: one.id, name: one.name })), (id) => set(id, "editor"))
        : ""}
      ${this.outcome()}
      <button type="button" @click=${this.invite}>${said.invite}</button>
      ${this.invitation ? html`<desk-link .url=${this.invitation.url} .says=${this.invitation.says}></desk-link>` : ""}
      ${this.open.length ? html`<h3>${said.openInvitations}</h3>` : ""}
      ${this.open.map(
        (one) => html`<div class="row"><span class="person">${one.label}, ${said.until(dayAndClock(one.expires_at))}</span>
          <button type="button" class="quiet" @click=${() => this.revoke(one)}>${said.revoke}</button></div>`,
      )}
    </section>`;
  }

  private change(method: string, id: string, body?: object): Promise<boolean> {
    return this.tried(() => this.send(method, `/members/${id}`, body).then(() => this.readTeam()));
  }

  private async readTeam(): Promise<void> {
    const found = await newsroom.read<{ members: Member[] }>(`${this.path}/members`);
    this.team = found?.members ?? [];
    const links = await newsroom.read<{ invitations: Open[] }>(`${this.path}/invitations`);
    this.open = (links?.invitations ?? []).filter((one) => !one.person);
    this.requestUpdate();
  }

  private async revoke({ id }: Open): Promise<void> {
    const done = await this.tried(() => this.send("DELETE", `/invitations/${id}`).then(() => this.readTeam()));
    if (done) this.invitation = null;
    this.requestUpdate();
  }

  private readonly invite = async (): Promise<void> => {
    await this.tried(async () => {
      const answer = await sendOnce(`${this.path}/invitations`, { method: "POST", body: {} });
      const made = (await answer.json()) as { url: string; expires_at: string };
      this.invitation = { url: made.url, says: [said.invited(dayAndClock(made.expires_at))] };
      await this.readTeam();
    });
  };
}
