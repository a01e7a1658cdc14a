/** The questions of the desk: correction, withdrawal, takedown, schedule, return, verification. */
import { html } from "lit";
import { moment } from "../times.ts";
import { VERIFICATIONS } from "../shapes.ts";
import { words } from "../words.ts";
import { ask } from "./dialog.ts";

const said = words.ask;
const text = (form: FormData | null, name: string) => String(form?.get(name) ?? "").trim();

/** The note for readers, "" for a typo, null for neither. */
export async function askCorrection(): Promise<string | null> {
  let corrects = false;
  const form = await ask({
    title: said.correctTitle,
    yes: words.compose.publishChange,
    fields: (draw) => {
      const choose = (value: boolean) => () => {
        corrects = value;
        draw();
      };
      return html`<fieldset class="choices">
          <legend class="unseen">${said.correctTitle}</legend>
          <label><input type="radio" name="kind" value="typo" checked @change=${choose(false)} /> ${said.typo}</label>
          <label><input type="radio" name="kind" value="correction" @change=${choose(true)} /> ${said.correction}</label>
        </fieldset>
        <label class="field" ?hidden=${!corrects}>
          <span>${said.note}</span>
          <input name="note" dir="auto" maxlength="1000" ?required=${corrects} placeholder=${said.noteHint} />
        </label>`;
    },
  });
  if (!form) return null;
  return form.get("kind") === "correction" ? text(form, "note") : "";
}

export async function askReason(title = said.withdrawTitle): Promise<string | null> {
  const form = await ask({
    title,
    text: said.withdrawText,
    yes: said.withdraw,
    grave: true,
    fields: () =>
      html`<label class="field"><span>${said.reason}</span><input name="reason" dir="auto" required maxlength="1000" autofocus /></label>`,
  });
  return form && text(form, "reason");
}

/** Twice, the second time by hand. */
export async function askTakedown(headline: string): Promise<string | null> {
  const first = await ask({
    title: said.redactTitle,
    text: headline,
    yes: said.redact,
    grave: true,
    fields: () =>
      html`<p>${said.redactText}</p>
        <p>${said.redactNot}</p>
        <label class="field"><span>${said.reason}</span><input name="reason" dir="auto" maxlength="1000" /></label>
        <label class="choice"><input type="checkbox" required /> ${said.redactSure}</label>`,
  });
  if (!first) return null;
  const second = await ask({
    title: said.redactTitle,
    text: headline,
    yes: said.redact,
    grave: true,
    fields: () =>
      html`<label class="field"
        ><span>${said.redactAgain}</span>
        <input name="again" required pattern=${said.redactWord} autocomplete="off" autofocus
      /></label>`,
  });
  return second && text(first, "reason");
}

export async function askRemark(title: string, hint: string, yes: string): Promise<string | null> {
  const form = await ask({
    title,
    yes,
    fields: () =>
      html`<label class="field"><span>${hint}</span><textarea name="text" dir="auto" rows="3" required autofocus></textarea></label>`,
  });
  return form && text(form, "text");
}

export interface Plan {
  publish_at: string;
  embargo_until?: string;
}

export async function askPlan(timezone: string): Promise<Plan | null> {
  const form = await ask({
    title: said.scheduleTitle,
    yes: words.compose.schedule,
    fields: () =>
      html`<label class="field"><span>${said.scheduleAt} (${timezone})</span><input type="datetime-local" name="at" required /></label>
        <label class="field"><span>${said.embargo}</span><input type="datetime-local" name="embargo" /></label>`,
  });
  if (!form) return null;
  const embargo = text(form, "embargo");
  return {
    publish_at: moment(text(form, "at"), timezone),
    ...(embargo ? { embargo_until: moment(embargo, timezone) } : {}),
  };
}

export async function askVerification(): Promise<string | null> {
  const form = await ask({
    title: said.verifyTitle,
    yes: words.save,
    fields: () =>
      html`<fieldset class="choices">
        <legend class="unseen">${said.verifyTitle}</legend>
        ${VERIFICATIONS.map(
          (one) =>
            html`<label><input type="radio" name="to" value=${one} required /> ${words.verifications[one]}</label>`,
        )}
      </fieldset>`,
  });
  return form && text(form, "to");
}

export async function askDiscard(): Promise<boolean> {
  return Boolean(await ask({ title: said.discardTitle, text: said.discardText, yes: said.discard, grave: true }));
}

export async function askAddress(now: string): Promise<string | null> {
  const form = await ask({
    title: words.editor.link,
    yes: words.save,
    fields: () =>
      html`<label class="field"><span>${words.editor.address}</span><input name="url" type="url" dir="ltr" .value=${now} autofocus /></label>`,
  });
  return form && text(form, "url");
}

export async function askName(title: string, now: string): Promise<string | null> {
  const form = await ask({
    title,
    yes: words.save,
    fields: () =>
      html`<label class="field"><span>${words.topics.name}</span><input name="name" required maxlength="300" .value=${now} autocomplete="off" autofocus /></label>`,
  });
  return form && text(form, "name");
}

export async function askMerge(name: string, others: readonly string[]): Promise<string | null> {
  const form = await ask({
    title: words.topics.mergeTitle(name),
    text: words.topics.mergeText(name),
    yes: words.topics.merge,
    fields: () =>
      html`<label class="field"><span>${words.topics.mergeInto}</span>
        <select name="into" required autofocus>${others.map((one) => html`<option>${one}</option>`)}</select></label>`,
  });
  return form && text(form, "into");
}
