/** Asks the server, as the person who is signed in. In a tab and in the service worker alike. */
import type { Me } from "./shapes.ts";

/** No answer: no network, or nobody there. Nothing is known of what became of the request. */
export class Unanswered extends Error {
  constructor(
    message: string,
    /** Seconds that the server asked to wait. */
    readonly wait = 0,
  ) {
    super(message);
  }
}

/** The server said no, and why (RFC 9457). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly pointer = "",
    /** What stands there now, where the answer tells (412). */
    readonly current: unknown = null,
  ) {
    super(message);
  }
}

export interface Asked {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** It goes out even where the tab is being closed; nobody hears its answer. */
  keepalive?: boolean;
}

interface Problem {
  detail?: string;
  type?: string;
  errors?: { pointer: string }[];
  current?: unknown;
}

const PATIENCE = 30_000;
const ANSWERS = 600;

export class Api {
  private csrf = "";

  constructor(private readonly ask: typeof fetch = (...all) => fetch(...all)) {}

  async me(): Promise<Me> {
    const me = await this.json<Me>("/api/me");
    this.csrf = me.csrf;
    return me;
  }

  /** @throws Unanswered, Refused */
  async json<T>(path: string, asked: Asked = {}): Promise<T> {
    return (await (await this.send(path, asked)).json()) as T;
  }

  async text(path: string): Promise<string> {
    return (await this.send(path, {})).text();
  }

  /** Any answer below 400. A token against forgery that has expired is renewed once. */
  async send(path: string, { method = "GET", body, headers = {}, keepalive = false }: Asked): Promise<Response> {
    if (method !== "GET" && !this.csrf) await this.me();
    const raw = body instanceof Blob;
    const ask = () =>
      this.answered(path, {
        method,
        headers: {
          ...(method === "GET" ? {} : { "X-CSRF-Token": this.csrf }),
          ...(body === undefined || raw ? {} : { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
        ...(keepalive ? { keepalive } : { signal: AbortSignal.timeout(raw ? PATIENCE * 4 : PATIENCE) }),
      });
    let answer = await ask();
    if (answer.status === 403 && method !== "GET") {
      const old = this.csrf;
      if ((await this.me()).csrf !== old) answer = await ask();
    }
    if (answer.ok) return answer;
    throw await refusal(answer);
  }

  private async answered(path: string, asked: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await this.ask(path, { credentials: "same-origin", cache: "no-store", ...asked });
    } catch (error) {
      throw new Unanswered(String(error));
    }
    if (answer.status === 429 || answer.status >= 500)
      throw new Unanswered(await said(answer), Number(answer.headers.get("Retry-After")) || 5);
    return answer;
  }
}

async function refusal(answer: Response): Promise<Refused> {
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  return new Refused(
    answer.status,
    (problem.detail ?? answer.statusText).slice(0, ANSWERS),
    problem.errors?.[0]?.pointer ?? "",
    problem.current ?? null,
  );
}

async function said(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  return problem.detail ?? `${answer.status}`;
}
