// pg-boss: large batches, fetched again at once as long as they come back full.
import { PgBoss } from "pg-boss";
import { Count, waitForTheGate } from "./saying.mjs";

const QUEUE = "nothing";
const BURST = {
  batchSize: 1000,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
};
const boss = new PgBoss({
  connectionString: process.env.BENCH_DSN,
  max: 4,
  supervise: false,
  schedule: false,
});
boss.on("error", (error) => {
  throw error;
});
await boss.start();
await boss.createQueue(QUEUE);

if (process.argv[2] === "fill") {
  const total = Number(process.argv[3]);
  for (let begun = 0; begun < total; begun += 1000) {
    const number = Math.min(1000, total - begun);
    await boss.insert(QUEUE, Array.from({ length: number }, () => ({ data: null })));
  }
  await boss.stop();
} else {
  const count = new Count();
  await waitForTheGate();
  count.tellAgainAndAgain();
  await boss.work(QUEUE, BURST, async (jobs) => count.more(jobs.length));
}
