/** The drafts on this device: every keystroke is here before it is anywhere else. */
import { isClear, merge, print } from "../model/merge.ts";
import { placed, uploadsIn } from "../model/pictures.ts";
import { tidy } from "../model/tidy.ts";
import type { Content, Draft, Post } from "../shapes.ts";
import { tell, type Device, type Paper } from "./database.ts";

export const NOTHING: Content = { blocks: [], byline: [] };

/** A draft with all of its content: the server leaves out what is empty. */
export function whole(draft: Draft): Draft {
  return { ...draft, content: { ...NOTHING, ...draft.content } };
}

/** Somebody's draft, opened here to be changed. */
export function paperOf(draft: Draft, person: string): Paper {
  const { id, coverage, content, version, state, post, based_on } = draft;
  const fresh = newPaper(id, person, coverage, content);
  return { ...fresh, base: content, version, state, post, based_on };
}

export function newPaper(id: string, person: string, coverage: string, content: Content): Paper {
  return {
    id,
    person,
    coverage,
    content,
    base: null,
    version: null,
    state: "draft",
    post: null,
    based_on: null,
    tried: [],
    origin: null,
    changed: 0,
    synced: 0,
    take: 0,
    refusal: "",
    clash: null,
  };
}

export function isUnsent(paper: Paper): boolean {
  return paper.changed > paper.synced;
}

export async function papersOf(device: Device, person: string, coverage = ""): Promise<Paper[]> {
  const all = await device.getAll("papers");
  return all
    .filter((paper) => paper.person === person && (!coverage || paper.coverage === coverage))
    .sort((one, other) => other.changed - one.changed);
}

/** Change a paper in one transaction, from how it stands at that moment. */
export async function change(
  device: Device,
  id: string,
  how: (paper: Paper) => Paper | null,
): Promise<Paper | null> {
  const work = device.transaction("papers", "readwrite");
  const before = await work.store.get(id);
  const after = before ? how(before) : null;
  if (after) await work.store.put(after);
  else if (before) await work.store.delete(id);
  await work.done;
  return after;
}

/** Keep what the editor holds. What came from elsewhere since the editor's `take` is merged in, and
 * a picture that has arrived meanwhile takes its place. */
export async function keep(
  device: Device,
  paper: Paper,
  written: Content,
  before: Content,
  now: number,
): Promise<Paper> {
  const work = device.transaction(["papers", "uploads"], "readwrite");
  const held = (await work.objectStore("papers").get(paper.id)) ?? paper;
  const merged =
    held.take === paper.take ? written : merge(before, written, held.content).content;
  let content = merged;
  for (const id of uploadsIn(merged)) {
    const upload = await work.objectStore("uploads").get(id);
    if (upload?.state === "ready") content = placed(content, id, upload.made!);
  }
  const take = content === merged ? held.take : held.take + 1;
  const kept = { ...held, content, take, changed: Math.max(now, held.changed + 1), refusal: "" };
  void work.objectStore("papers").put(kept);
  work.commit(); // The tab may be gone before the put is answered.
  await work.done;
  return kept;
}

/** The paper after the server has answered what it has now. */
export function agreed(paper: Paper, draft: Draft, sent: number, content: Content): Paper {
  return {
    ...paper,
    base: content,
    version: draft.version,
    state: draft.state,
    synced: Math.max(paper.synced, sent),
    tried: [],
    clash: null,
  };
}

/** The paper when the server has a version that this device has not seen. */
export function met(paper: Paper, draft: Draft): Paper {
  const theirs = draft.content;
  const known = { ...paper, version: draft.version, state: draft.state, tried: [] };
  const mine = tidy(paper.content);
  if (print(theirs) === print(mine))
    return { ...known, base: theirs, synced: paper.changed, clash: null };
  // It is our own: it was sent, and the answer was lost on the way.
  if (paper.tried.includes(print(theirs))) return { ...known, base: theirs, clash: null };
  if (!isUnsent(paper))
    return { ...known, content: theirs, base: theirs, take: paper.take + 1, clash: null };
  const found = merge(paper.base ?? NOTHING, mine, theirs);
  if (!isClear(found)) return { ...paper, clash: draft };
  return { ...known, content: found.content, base: theirs, take: paper.take + 1, clash: null };
}

/** The paper when the post that it changes has been changed by somebody else meanwhile. */
export function metPost(paper: Paper, post: Post): Paper {
  const theirs = contentOf(post);
  const found = merge(paper.origin ?? NOTHING, tidy(paper.content), theirs);
  const known = { ...paper, based_on: post.revision, origin: theirs };
  const changed = Math.max(Date.now(), paper.changed + 1);
  if (isClear(found)) return { ...known, content: found.content, take: paper.take + 1, changed };
  const author = { id: "", name: "" };
  const { id, coverage, version, state } = paper;
  const clash = { id, coverage, version: version ?? 0, state, author, content: theirs, based_on: post.revision };
  return { ...paper, base: paper.origin, clash: clash as Draft };
}

export function contentOf(post: Post): Content {
  const { headline, blocks, byline, sources, topics, key, pinned, occurred_at, language } = post;
  return {
    headline: headline ?? null, blocks, byline, sources: sources ?? [], topics: topics ?? [],
    key: key ?? false, pinned: pinned ?? false, occurred_at: occurred_at ?? null, language: language ?? null,
  };
}

/** The drafts of the server, taken over to this device; those it no longer has are gone here too. */
export async function takeOver(
  device: Device,
  person: string,
  coverage: string,
  drafts: readonly Draft[],
  /** Which papers the server had before the list was asked for: a newer one is not missing. */
  had: ReadonlySet<string>,
): Promise<void> {
  const work = device.transaction(["papers", "outbox"], "readwrite");
  const papers = work.objectStore("papers");
  const waiting = new Set((await work.objectStore("outbox").getAll()).map((entry) => entry.paper));
  const listed = new Map(drafts.map((draft) => [draft.id, draft]));
  let changed = false;
  for (const paper of await papers.getAll()) {
    if (paper.person !== person || paper.coverage !== coverage || waiting.has(paper.id)) continue;
    const draft = listed.get(paper.id);
    const is_gone = draft ? draft.state === "published" : had.has(paper.id);
    if (is_gone && !isUnsent(paper)) await papers.delete(paper.id);
    // A list may be asked for before a save and come after it: an older version is no news.
    else if (draft && !is_gone && draft.version > (paper.version ?? 0) && !paper.clash)
      await papers.put(met(paper, draft));
    else continue;
    changed = true;
  }
  await work.done;
  if (changed) tell();
}
