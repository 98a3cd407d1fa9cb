// An agent in TypeScript: what it is told, one line of JSON for each act that it is asked for.
import process from "node:process";
import { Holdshort, NoAnswer, Refused, type Artifact } from "../../../deploy/clients/typescript/holdshort.ts";

const [at = "", token = "", ...acts] = process.argv.slice(2);
const agent = new Holdshort({ at, token, patience: 15 });
const mail: Artifact = {
  sender: "billing@example.com",
  to: ["ada@example.org"],
  subject: "Your invoice",
  text: "Dear Ada, your invoice is ready.",
};

async function act(name: string): Promise<unknown> {
  const [what = "", id = "0", digest = ""] = name.split(" ");
  switch (what) {
    case "propose":
      return agent.propose(id, mail);
    case "propose-other":
      return agent.propose(id, { ...mail, subject: "Another" }, { not_after: "2999-01-01T00:00:00Z" });
    case "look":
      return agent.look(Number(id));
    case "wait":
      return agent.decided(Number(id), { within: 30 });
    case "edit":
      return agent.edit(Number(id), { ...mail, subject: "Mended" }, digest);
    case "withdraw":
      return agent.withdraw(Number(id), "paid meanwhile");
    case "mine":
      return Array.fromAsync(agent.mine());
    default:
      throw new Error(`what is ${what}?`);
  }
}

for (const name of acts) {
  try {
    console.log(JSON.stringify(await act(name)));
  } catch (error) {
    if (error instanceof NoAnswer) console.log(JSON.stringify({ unknown: error.message }));
    else if (error instanceof Refused)
      console.log(JSON.stringify({ refused: error.message, status: error.status, next: error.next }));
    else throw error;
  }
}
