/** Questions that need an answer before something happens. One at a time, over everything. */
import { html, render, type TemplateResult } from "lit";
import { words } from "../words.ts";

export interface Question {
  title: string;
  text?: string;
  fields?: (form: () => void) => TemplateResult;
  yes: string;
  /** Danger is said in a colour, too. */
  grave?: boolean;
  wide?: boolean;
}

/** The form's fields, or null where the person thinks better of it. */
export function ask(question: Question): Promise<FormData | null> {
  return new Promise((answer) => {
    const dialog = document.createElement("dialog");
    dialog.className = question.wide ? "ask wide" : "ask";
    dialog.setAttribute("aria-labelledby", "ask-title");
    const draw = (): void => {
      render(
        html`<form method="dialog">
          <h2 id="ask-title">${question.title}</h2>
          ${question.text ? html`<p>${question.text}</p>` : ""} ${question.fields?.(draw) ?? ""}
          <p class="buttons">
            <button type="submit" value="yes" class=${question.grave ? "strong grave" : "strong"}>${question.yes}</button>
            <button type="button" @click=${() => dialog.close()}>${words.cancel}</button>
          </p>
        </form>`,
        dialog,
      );
    };
    draw();
    dialog.addEventListener("close", () => {
      const form = dialog.querySelector("form")!;
      answer(dialog.returnValue === "yes" ? new FormData(form) : null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Something to read, and one button. */
export function tell(title: string, body: TemplateResult): void {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "tell-title");
  render(
    html`<form method="dialog">
      <h2 id="tell-title">${title}</h2>
      ${body}
      <p class="buttons"><button class="strong">${words.close}</button></p>
    </form>`,
    dialog,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function showKeys(): void {
  if (document.querySelector("dialog[open]")) return;
  tell(
    words.keysTitle,
    html`<dl class="keys">
      ${words.keyList.map(([key, what]) => html`<div><dt><kbd dir="ltr">${key}</kbd></dt><dd>${what}</dd></div>`)}
    </dl>`,
  );
}
