/** Writes that are given and answered while one looks on: sent again, they happen once. */
import { Unanswered, type Asked } from "./api.ts";
import { newId } from "./model/ids.ts";
import { newsroom } from "./newsroom.ts";

/** The keys of what was not answered: the very same write keeps its key until it is. */
const keys = new Map<string, string>();

/** @throws Unanswered, Refused */
export async function sendOnce(path: string, asked: Asked & { method: string }): Promise<Response> {
  const what = `${asked.method} ${path} ${JSON.stringify(asked.body ?? null)}`;
  const key = keys.get(what) ?? newId();
  keys.set(what, key);
  try {
    const answer = await newsroom.api.send(path, { ...asked, headers: { ...asked.headers, "Idempotency-Key": key } });
    keys.delete(what);
    return answer;
  } catch (error) {
    if (!(error instanceof Unanswered)) keys.delete(what);
    throw error;
  }
}
