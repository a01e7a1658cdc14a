// Passkeys on the desk's pages: sign in with one, add one, remove one. Without this script, or
// where a browser knows none, the password does.

import { refusal } from "../desk/refusals.ts";

/** What the desk refuses, in words for who asked. */
class Refused extends Error {}

const fault = document.querySelector<HTMLElement>("#passkey-fault");

/** A request to the desk; its answer, or an error. */
async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const csrf = document.querySelector<HTMLElement>("#passkeys")?.dataset.csrf;
  const answer = await fetch(path, {
    method,
    headers: { "content-type": "application/json", ...(csrf ? { "x-csrf-token": csrf } : {}) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new Refused(refusal(((await answer.json()) as { detail: string }).detail));
  return answer;
}

/** Do it, and say what went wrong; that somebody thought better of it is nothing to say. */
async function trying(work: () => Promise<void>): Promise<void> {
  if (fault) fault.textContent = "";
  try {
    await work();
  } catch (error) {
    const isTakenBack = error instanceof DOMException && error.name === "NotAllowedError";
    if (!fault || isTakenBack) return;
    fault.textContent = error instanceof Refused ? error.message : (fault.dataset.words ?? "");
  }
}

async function signIn(): Promise<void> {
  const options = await (await send("POST", "/desk/passkey/begin")).json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const made = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  if (!made) return;
  const next = document.querySelector<HTMLInputElement>("input[name=next]")?.value;
  const answer = await send("POST", "/desk/passkey/finish", { credential: made.toJSON(), next });
  location.assign(((await answer.json()) as { next: string }).next);
}

async function add(): Promise<void> {
  const options = await (await send("POST", "/api/me/passkeys/begin")).json();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
  if (!made) return;
  const label = new Date().toISOString().slice(0, 10);
  await send("POST", "/api/me/passkeys/finish", { credential: made.toJSON(), label });
  location.reload();
}

async function remove(id: string): Promise<void> {
  await send("DELETE", `/api/me/passkeys/${id}`);
  location.reload();
}

function on(found: Element | null, work: () => Promise<void>): void {
  found?.addEventListener("click", () => void trying(work));
}

// A passkey is for a name, never for a bare address: at http://127.0.0.1 there can be none.
const isNamed = !/^[\d.]+$|:/.test(location.hostname);
if (isNamed && "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential) {
  for (const part of document.querySelectorAll("#passkeys, #passkey-sign-in")) {
    part.removeAttribute("hidden");
  }
  on(document.querySelector("#sign-in-by-passkey"), signIn);
  on(document.querySelector("#add-passkey"), add);
  for (const button of document.querySelectorAll<HTMLElement>("[data-remove]")) {
    on(button, () => remove(button.dataset.remove ?? ""));
  }
}
