// What a worker in JavaScript says, and when: as `saying.py`.
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const EVERY = 20; // milliseconds between two lines

export async function waitForTheGate() {
  process.stdout.write("ready\n");
  while (!existsSync(process.env.BENCH_GATE)) await sleep(1);
}

export class Count {
  #done = 0;
  #first = 0;
  #told = 0;

  more(number) {
    if (!this.#done) this.#first = Number(process.hrtime.bigint()) / 1e9;
    this.#done += number;
  }

  tellAgainAndAgain() {
    setInterval(() => {
      if (this.#done === this.#told) return;
      this.#told = this.#done;
      process.stdout.write(`${JSON.stringify({ done: this.#done, first: this.#first })}\n`);
    }, EVERY);
  }
}
