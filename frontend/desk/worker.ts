/** The service worker: the desk opens without a network, and sends what waits when it is back. */
import { isScreen } from "./addresses.ts";
import { Api } from "./api.ts";
import { openDevice } from "./device/database.ts";
import { sendAll } from "./device/sending.ts";
import type { Me } from "./shapes.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put before this script by the server: what the desk is made of, each under its hash. */
declare const DATELINE: { version: string; files: string[] };

interface ServiceWorkerGlobalScope extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  registration: unknown;
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  readonly tag: string;
}

const SHELL = "/desk";
const NAME = `desk-${DATELINE.version}`;
const NAMED = /"(\/(?:static|desk\/words)\/[^"]+)"/g;
const on = (name: string, act: (event: Extendable) => void) =>
  self.addEventListener(name, act as (event: Event) => void);

on("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

async function fill(): Promise<void> {
  const kept = await caches.open(NAME);
  await kept.addAll(DATELINE.files.map((path) => new Request(path, { cache: "reload" })));
  await keep(await fetch(SHELL, { cache: "reload" }));
}

/** A shell, after all that it names: its words are in the language that was chosen last. */
async function keep(answer: Response): Promise<void> {
  if (!answer.ok) throw new Error(`There is no desk to keep: ${answer.status}.`);
  const kept = await caches.open(NAME);
  const text = await answer.clone().text();
  for (const [, path] of text.matchAll(NAMED)) if (!(await kept.match(path!))) await kept.add(path!);
  await kept.put(SHELL, answer);
}

on("activate", (event) => event.waitUntil(tidyUp().then(() => self.clients.claim())));

async function tidyUp(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("desk-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

on("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/(static|desk\/words)\//.test(url.pathname)) event.respondWith(keptFirst(request, url.pathname));
  else if (request.mode === "navigate" && isScreen(url.pathname)) event.respondWith(shell(event));
});

async function keptFirst(request: Request, path: string): Promise<Response> {
  return (await (await caches.open(NAME)).match(path)) ?? fetch(request);
}

/** The newest desk where there is a network, else the one that is kept. */
async function shell(event: Extendable): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    // Nobody waits for it; what can't be kept now is kept with the next that is opened.
    if (answer.ok && !answer.redirected) event.waitUntil(keep(answer.clone()).catch(() => undefined));
    if (answer.status < 500) return answer;
  } catch {
    // No network: the desk opens from what is kept.
  }
  return (await (await caches.open(NAME)).match(SHELL)) ?? Response.error();
}

on("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendWaiting());
});

async function sendWaiting(): Promise<void> {
  const device = await openDevice();
  const me = (await device.get("answers", "me")) as Me | undefined;
  if (!me) return;
  const { left } = await sendAll(device, new Api(), me.id);
  device.close();
  // A sync that fails is tried again by the browser.
  if (left === "unanswered") throw new Error("There was no answer; the browser tries again.");
}
