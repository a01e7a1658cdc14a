/** A picture among others: small, with its name, its credit and what it lacks. */
import { html, type TemplateResult } from "lit";
import { lacks, smallOf, type Media } from "../model/pictures.ts";
import { words } from "../words.ts";

const said = words.pictures;

export function shot(one: Media, act: () => void): TemplateResult {
  const missing = lacks(one);
  const small = smallOf(one);
  return html`<li><button type="button" class="shot" data-picture=${one.id} @click=${act}>
      <span class="sheet-of">${small
        ? html`<img src=${small} alt=${one.alt || ""} loading="lazy" />`
        : html`<span class="state">${words.editor.processing}</span>`}</span>
      <span class="name">${one.caption || one.filename}</span></button>
    <p class="credit">${one.credit || one.creator || ""}</p>
    ${missing.length ? html`<p class="lacks">${missing.map((what) => said.lacks[what]).join(" ")}</p>` : ""}</li>`;
}
