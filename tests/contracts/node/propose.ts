// Proposes in plain SQL, and prints what it is told: one line for each mail.
import process from "node:process";
import { createRequire } from "node:module";

// From where the tests keep it, which is not beside this file.
const { default: pg } = await import(createRequire(`${process.env["NODE_PATH"]}/`).resolve("pg"));

const [at = "", ...said] = process.argv.slice(2);
const client = new pg.Client(at);
await client.connect();
for (let i = 0; i < said.length; i += 2) console.log(await proposed(said[i], said[i + 1] ?? ""));
await client.end();

async function proposed(key: string | undefined, mail: string): Promise<string> {
  try {
    await client.query("BEGIN");
    const submitted = await client.query(
      "SELECT id, version, digest FROM outbox.submit(key => $1, producer => $2, channel => $3, content => $4)",
      [key, "billing", "email", Buffer.from(mail, "utf8")],
    );
    await client.query("COMMIT");
    const [{ id }] = submitted.rows;
    const stands = await client.query("SELECT state, said FROM outbox.standing($1)", [id]);
    return `${stands.rows[0].state} ${stands.rows[0].said}`;
  } catch (error) {
    await client.query("ROLLBACK");
    const { code, constraint } = error as { code?: string; constraint?: string };
    return `${code} ${constraint}`;
  }
}
