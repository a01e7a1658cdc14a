import { describe, expect, test } from "vitest";
import { catchUp } from "../reader/delta.ts";
import type { Changes } from "../reader/frames.ts";

const change = (seq: number) => ({ seq, time: "2021-06-14T12:00:00Z", kind: "post", post: `post-${seq}` });

/** A server that answers each URL with a body, or with a status alone. */
function server(answers: Record<string, Changes | number>) {
  return async (url: unknown): Promise<Response> => {
    const answer = answers[String(url)] ?? 404;
    return typeof answer === "number"
      ? new Response(null, { status: answer })
      : new Response(JSON.stringify(answer));
  };
}

async function ask(answers: Record<string, Changes | number>) {
  const seqs: number[] = [];
  const outcome = await catchUp("/a", (changes) => seqs.push(changes.seq), () => undefined, server(answers));
  return { outcome, seqs };
}

describe("catching up", () => {
  test("goes from range to range until nothing is left", async () => {
    const answers = {
      "/a": { seq: 64, next: "/b", changes: [change(64)] },
      "/b": { seq: 70, next: null, changes: [change(70)] },
    };
    expect(await ask(answers)).toEqual({ outcome: "changed", seqs: [64, 70] });
  });

  test("tells when nothing has changed", async () => {
    const answers = { "/a": { seq: 64, next: null, changes: [] } };
    expect(await ask(answers)).toEqual({ outcome: "same", seqs: [64] });
  });

  test("is refused when the server no longer knows the place", async () => {
    expect((await ask({ "/a": 404 })).outcome).toBe("refused");
    expect((await ask({ "/a": 410 })).outcome).toBe("refused");
  });

  test("has failed, but isn't refused, when the server is busy", async () => {
    expect((await ask({ "/a": 503 })).outcome).toBe("failed");
    expect((await ask({ "/a": 429 })).outcome).toBe("failed");
  });

  test("keeps what came before a range that failed", async () => {
    const answers = { "/a": { seq: 64, next: "/b", changes: [change(64)] }, "/b": 502 };
    expect(await ask(answers)).toEqual({ outcome: "failed", seqs: [64] });
  });

  test("has failed when there is no network", async () => {
    const broken = () => Promise.reject(new TypeError("no network"));
    expect(await catchUp("/a", () => undefined, () => undefined, broken)).toBe("failed");
  });

  test("hears what time it is at the server", async () => {
    const heard: number[] = [];
    const body = JSON.stringify({ seq: 1, next: null, changes: [] });
    const date = "Mon, 14 Jun 2021 12:00:00 GMT";
    const get = async () => new Response(body, { headers: { date } });
    await catchUp("/a", () => undefined, (now) => heard.push(now), get);
    expect(heard).toEqual([Date.parse("2021-06-14T12:00:00Z")]);
  });
});
