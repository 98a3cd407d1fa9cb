/**
 * Propose mail to a Holdshort intake, and hear what becomes of it.  Nothing is sent by it.
 *
 *     const agent = new Holdshort({ at: "https://intake.example.com", token });
 *     const intent = await agent.propose("bill-7", { sender, to, subject, text });
 *     console.log(intent.said); // held, not sent: it waits for a person's approval
 *     const { intent: now, receipts } = await agent.decided(intent.id, { within: 3600 });
 *
 * Two files without dependencies, for whatever has `fetch`.  Asked again is only what may be: what
 * looks, and a proposal, under the same Idempotency-Key.  An edit or a withdrawal whose answer is
 * lost ends in `NoAnswer`: look before you say it again.
 */
import type { components, operations } from "./intake.d.ts";

type Shapes = components["schemas"];
type Query<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

export type Artifact = Shapes["Proposal"]["artifact"];
export type Intent = Shapes["Intent"];
export type Looked = Shapes["Looked"];
export type Page = Shapes["Page"];
export type Until = Shapes["Until"];
export type Times = Pick<Shapes["Proposal"], "not_before" | "not_after"> & {
  /** W3C trace context. */
  traceparent?: string;
};

/** What the intake says of a request that it does not do: `message` is why. */
export class Refused extends Error {
  readonly status: number;
  readonly type: string;
  /** What to do about it. */
  readonly next: string;

  constructor(problem: Partial<Shapes["Problem"]>, status: number) {
    super(problem.detail ?? `HTTP ${status}`);
    this.name = "Refused";
    this.status = status;
    this.type = problem.type ?? "about:blank";
    this.next = problem.next ?? "";
  }
}

/** Nobody has said what became of the request: it may have been done. */
export class NoAnswer extends Error {
  constructor(what: string, why: unknown) {
    super(`${what}: ${why instanceof Error ? why.message : String(why)}`);
    this.name = "NoAnswer";
  }
}

export interface Settings {
  /** Where the intake is. */
  at: string;
  /** An agent's token. */
  token: string;
  /** Seconds for which what may be repeated is repeated; 60 unless said. */
  patience?: number;
}

const ANSWER_WITHIN = 30; // seconds, beside those that one has asked to wait
const LONGEST_WAIT = 60; // seconds that the intake waits at most
const AGAIN = new Set([408, 429, 500, 502, 503, 504]);

export class Holdshort {
  readonly #at: string;
  readonly #token: string;
  readonly #patience: number;

  constructor({ at, token, patience = 60 }: Settings) {
    this.#at = at.replace(/\/+$/, "");
    this.#token = token;
    this.#patience = patience;
  }

  /** Propose; the same key with the same artifact is the same intent, however often it is said. */
  async propose(key: string, artifact: Artifact, times: Times = {}): Promise<Intent> {
    const { traceparent, ...when } = times;
    const headers = { "Idempotency-Key": key, ...(traceparent ? { traceparent } : {}) };
    const body = { artifact, ...when } satisfies Shapes["Proposal"];
    return this.#repeat("POST", "/v1/intents", { headers, body });
  }

  /** Where one of yours stands, and why if a person said no. */
  async look(id: number): Promise<Looked> {
    return this.#repeat("GET", `/v1/intents/${id}`);
  }

  /** Wait until people have decided, or until nothing more becomes of it; at most `within` seconds. */
  async decided(
    id: number,
    { within, until = "decided" }: { within: number; until?: Until },
  ): Promise<Looked> {
    const end = now() + within;
    for (;;) {
      const wait = Math.max(0, Math.min(LONGEST_WAIT, Math.ceil(end - now())));
      const asked = { wait, until } satisfies Query<"look">;
      const looked: Looked = await this.#repeat("GET", `/v1/intents/${id}?${query(asked)}`, { wait });
      if (looked.intent[until] || now() >= end) return looked;
      await rested(Math.min(1, end - now())); // it answers at once where too many wait
    }
  }

  /** What you have proposed, the newest first. */
  async page(asked: Query<"mine"> = {}): Promise<Page> {
    return this.#repeat("GET", `/v1/intents?${query(asked)}`);
  }

  /** All of it, page by page. */
  async *mine(): AsyncGenerator<Intent> {
    let before: number | null = null;
    do {
      const page: Page = await this.page(before === null ? {} : { before });
      yield* page.intents;
      before = page.before;
    } while (before !== null);
  }

  /** Another version in place of the one with this digest; said once. */
  async edit(id: number, artifact: Artifact, digest: string): Promise<Intent> {
    const body = { artifact } satisfies Shapes["Edit"];
    return this.#ask("PUT", `/v1/intents/${id}`, { headers: { "If-Match": digest }, body });
  }

  /** Take it back before anybody sends it; said once. */
  async withdraw(id: number, reason: string): Promise<Intent> {
    const body = { reason } satisfies Shapes["Withdrawal"];
    return this.#ask("POST", `/v1/intents/${id}/withdraw`, { body });
  }

  async #repeat<Told>(method: string, path: string, asked: Asked = {}): Promise<Told> {
    const end = now() + this.#patience;
    for (let pause = 0.25; ; pause = Math.min(pause * 2, 8)) {
      try {
        return await this.#ask<Told>(method, path, asked);
      } catch (error) {
        const again = error instanceof NoAnswer || (error instanceof Refused && AGAIN.has(error.status));
        const rest = pause * (0.5 + Math.random() / 2);
        if (!again || now() + rest >= end) throw error;
        await rested(rest);
      }
    }
  }

  async #ask<Told>(method: string, path: string, { headers = {}, body, wait = 0 }: Asked): Promise<Told> {
    const said: Record<string, string> = { ...headers, Authorization: `Bearer ${this.#token}` };
    if (body !== undefined) said["Content-Type"] = "application/json";
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(this.#at + path, {
        method,
        headers: said,
        body: body === undefined ? null : JSON.stringify(body),
        redirect: "error", // the token is for nobody else
        signal: AbortSignal.timeout((ANSWER_WITHIN + wait) * 1000),
      });
      text = await answer.text();
    } catch (error) {
      throw new NoAnswer(`${method} ${path}`, error);
    }
    if (!answer.ok) throw new Refused(problem(text), answer.status);
    return JSON.parse(text) as Told;
  }
}

interface Asked {
  headers?: Record<string, string>;
  body?: object;
  wait?: number;
}

function query(asked: Record<string, unknown>): string {
  const said = new URLSearchParams();
  for (const [name, one] of Object.entries(asked))
    if (one !== undefined && one !== null) said.set(name, String(one));
  return String(said);
}

/** Whoever stands before the intake may answer in another way. */
function problem(text: string): Partial<Shapes["Problem"]> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function rested(seconds: number): Promise<void> {
  return new Promise((over) => setTimeout(over, Math.max(0, seconds) * 1000));
}

function now(): number {
  return performance.now() / 1000;
}
