// graphile-worker by its performance page: a local queue, completions in batches.
import { Logger, run, makeWorkerUtils } from "graphile-worker";
import { Count, waitForTheGate } from "./saying.mjs";

const connectionString = process.env.BENCH_DSN;
const FAST = {
  concurrentJobs: 24,
  maxPoolSize: 10,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

if (process.argv[2] === "fill") {
  const utils = await makeWorkerUtils({ connectionString });
  await utils.migrate();
  const total = Number(process.argv[3]);
  for (let begun = 0; begun < total; begun += 10000) {
    const number = Math.min(10000, total - begun);
    await utils.addJobs(Array.from({ length: number }, () => ({ identifier: "nothing" })));
  }
  await utils.release();
} else {
  const count = new Count();
  await waitForTheGate();
  count.tellAgainAndAgain();
  const taskList = { nothing: () => count.more(1) };
  const logger = new Logger(() => () => {});
  await run({ preset: { worker: { connectionString, ...FAST } }, taskList, logger });
}
