/** Brings papers and commands to the server. Runs in one tab or in the service worker at a time. */
import { Refused, Unanswered, type Api } from "../api.ts";
import type { Draft, Post } from "../shapes.ts";
import { tell, type Device, type Entry, type Paper, type Upload } from "./database.ts";
import { settle, waiting } from "./outbox.ts";
import { agreed, change, isUnsent, met, metPost, papersOf, whole } from "./papers.ts";
import { CLASH, print } from "../model/merge.ts";
import { tidy } from "../model/tidy.ts";
import { placed, uploadsIn } from "../model/pictures.ts";
import { step, unfinished } from "./uploads.ts";

const LOCK = "dateline-desk-sending";
const TRIES = 4;

/** How it ended: everything is there, or why not (and how many seconds to wait). */
export interface Sent {
  left: "nothing" | "unanswered" | "signed-out";
  wait: number;
}
const DONE: Sent = { left: "nothing", wait: 0 };

/** Send all that waits. Where somebody else is sending, wait for them, then look again. */
export function sendAll(device: Device, api: Api, person: string): Promise<Sent> {
  const work = async (): Promise<Sent> => {
    try {
      // A piece of a file at a time: words do not wait behind it.
      let left: Upload[];
      do {
        await sendEntries(device, api, person);
        await syncPapers(device, api, person);
        left = await unfinished(device, person);
        if (left[0]) await step(device, api, left[0]);
      } while (left.length);
      return DONE;
    } catch (error) {
      if (error instanceof Unanswered) return { left: "unanswered", wait: error.wait };
      if (error instanceof Refused && error.status === 401) return { left: "signed-out", wait: 0 };
      throw error;
    } finally {
      tell();
    }
  };
  return "locks" in navigator ? navigator.locks.request(LOCK, work) : work();
}

async function sendEntries(device: Device, api: Api, person: string): Promise<void> {
  for (let line = await waiting(device, person); line.length; line = await waiting(device, person)) {
    const entry = line[0]!;
    try {
      const { url = "", ...answer } = await carryOut(device, api, entry);
      const ends = entry.action === "publish" || entry.action === "discard";
      const state = "version" in answer ? { version: answer.version!, state: answer.state! } : {};
      await settle(device, entry, { url, ends, state }, new Date());
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) throw error;
      await settle(device, entry, { refusal: error.message }, new Date());
    }
  }
}

type Answer = Partial<Draft> & { url?: string };

async function carryOut(device: Device, api: Api, entry: Entry): Promise<Answer> {
  const paper = entry.paper ? await device.get("papers", entry.paper) : undefined;
  if (entry.paper && !paper) return {}; // it was carried out already, and its answer was kept
  for (let n = 1; ; n++) {
    const headers: Record<string, string> = { ...entry.headers, "Idempotency-Key": entry.key };
    if (paper) {
      const seen = await ready(device, api, entry, paper.id);
      if (entry.action === "discard" && seen === null) return {};
      // What somebody else has written meanwhile is not published unseen.
      if (!WITHOUT_VERSION.includes(entry.action)) headers["If-Match"] = `"${seen}"`;
    }
    try {
      const answer = await api.send(entry.path, { method: entry.method, body: entry.body, headers });
      return answer.status === 204 ? {} : ((await answer.json()) as Answer);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 412 || !paper) throw error;
      await meet(device, api, paper.id, error);
      if (n === TRIES) throw error;
    }
  }
}

const WITHOUT_VERSION = ["comment"];

/** Everything that a command is about is there, in this version. */
async function ready(device: Device, api: Api, entry: Entry, id: string): Promise<number | null> {
  if (entry.action !== "discard") await sendFiles(device, api, id);
  const held = await device.get("papers", id);
  if (!held || entry.action === "discard") return held?.version ?? null;
  const synced = await syncPaper(device, api, held, entry.filed_at);
  if (synced?.clash) throw new Refused(412, CLASH);
  return synced?.version ?? null;
}

/** A newer version is there: of the draft, or of the published post that it changes. */
async function meet(device: Device, api: Api, id: string, error: Refused): Promise<void> {
  const current = error.current as Draft | null;
  const paper = (await device.get("papers", id))!;
  let after: Paper | null;
  if (current && "version" in current) after = await change(device, id, (held) => met(held, whole(current)));
  else if (paper.post) {
    const post = await api.json<Post>(`/api/coverages/${paper.coverage}/posts/${paper.post}`);
    after = await change(device, id, (held) => metPost(held, post));
  } else throw error;
  if (after?.clash) throw new Refused(412, CLASH);
}

/** What a post shows goes before it. A file that was refused is a reason to refuse the post. */
async function sendFiles(device: Device, api: Api, paper: string): Promise<void> {
  for (;;) {
    const held = await device.get("papers", paper);
    const wanted = held ? uploadsIn(held.content)[0] : undefined;
    const upload = wanted ? await device.get("uploads", wanted) : undefined;
    if (!upload) return;
    if (upload.state === "refused") throw new Refused(422, upload.reason);
    if (upload.state === "ready") {
      const place = (one: Paper): Paper => ({
        ...one, content: placed(one.content, upload.id, upload.made!), take: one.take + 1, changed: one.changed + 1,
      });
      await change(device, paper, place);
      continue;
    }
    await step(device, api, upload);
  }
}

/** The papers without a command: so that another device has them, and a lost one is no loss. */
export async function syncPapers(device: Device, api: Api, person: string): Promise<void> {
  const filed = new Set((await waiting(device, person)).map((entry) => entry.paper));
  for (const paper of await papersOf(device, person)) {
    if (!isUnsent(paper) || paper.clash || filed.has(paper.id)) continue;
    try {
      await syncPaper(device, api, paper);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) throw error;
      await change(device, paper.id, (held) => ({
        ...held, refusal: error.message, synced: Math.max(held.synced, paper.changed),
      }));
    }
  }
}

/** One paper to the server, until both say the same or a person has to choose. */
async function syncPaper(device: Device, api: Api, paper: Paper, filed_at = ""): Promise<Paper | null> {
  let now: Paper | null = paper;
  for (let n = 0; now && !now.clash && (isUnsent(now) || now.version === null) && n < TRIES; n++) {
    const { changed, content, version }: Paper = now;
    try {
      const sent = print(tidy(content));
      await change(device, paper.id, (held) => ({ ...held, tried: [...new Set([...held.tried, sent])] }));
      const draft = await putDraft(api, now, filed_at);
      now = await change(device, paper.id, (held) => agreed(held, draft, changed, tidy(content)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { status, current } = error;
      if (status === 412 && current) now = await change(device, paper.id, (held) => met(held, whole(current as Draft)));
      // Somebody has thrown it away; who has written on keeps it.
      else if (status === 404 && version !== null)
        now = await change(device, paper.id, (held) => ({ ...held, version: null, base: null }));
      else throw error;
    }
  }
  return now;
}

function putDraft(api: Api, paper: Paper, filed_at: string): Promise<Draft> {
  const { id, coverage, content, version, post, based_on } = paper;
  return api.json<Draft>(`/api/coverages/${coverage}/drafts/${id}`, {
    method: "PUT",
    headers: version === null ? { "If-None-Match": "*" } : { "If-Match": `"${version}"` },
    body: {
      content: tidy(content),
      ...(filed_at ? { filed_at } : {}),
      ...(post ? { post, based_on } : {}),
    },
  });
}
