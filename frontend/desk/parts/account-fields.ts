/** What is asked of a person of the house, for a new account and for one there is. */
import { html, type TemplateResult } from "lit";
import { ROLES, type Role } from "../shapes.ts";
import { words } from "../words.ts";
import { choice, input } from "./details.ts";

const said = words.people;

export interface Fields {
  name: string;
  email: string;
  role: Role;
  organisation: string;
  place: string;
}

export function accountFields(
  fields: Fields,
  set: (part: Partial<Fields>) => void,
  { needsEmail = false } = {},
): TemplateResult {
  return html`<div class="row">
      ${input(said.name, fields.name, (name) => set({ name }), { required: true })}
      ${input(said.email, fields.email, (email) => set({ email }), { type: "email", required: needsEmail })}
    </div>
    <div class="row">
      ${choice(said.role, ROLES, words.roles, fields.role, (role) => set({ role }))}
      ${input(said.place, fields.place, (place) => set({ place }))}
      ${input(said.organisation, fields.organisation, (organisation) => set({ organisation }))}
    </div>
    <p class="hint">${said.may[fields.role]}</p>`;
}
