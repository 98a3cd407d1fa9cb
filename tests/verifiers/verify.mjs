// A second verifier of what docs/RECEIPTS.md describes, on Node's own crypto:
//     node verify.mjs BUNDLE KEYS [CHECKPOINT]
// It does not look at what people have signed.
// It exits with 0 if the bundle is valid, 1 if it is not, 2 if it cannot be read.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash("sha256")).digest();
const hex = (bytes) => sha256(bytes).toString("hex");
const bad = (item, why) => { throw Object.assign(new Error(why), { item }); };
const must = (holds, why) => { if (!holds) throw new Error(why); };

// Base64 in its one spelling.
const unbase64 = (text) => {
  const bytes = Buffer.from(text, "base64");
  must(bytes.toString("base64") === text, "not the one base64 of its bytes");
  return bytes;
};

// RFC 8785: JavaScript's own numbers and strings, names sorted by UTF-16 code units.
const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical).join(",")}]`
  : value && typeof value === "object"
    ? `{${Object.keys(value).sort().map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(",")}}`
    : JSON.stringify(value);

const keysOf = (text) => new Map(JSON.parse(text).keys.map((spelled) => {
  const [name, hash, ...rest] = spelled.split("+");
  const content = unbase64(rest.join("+"));
  must(content.length === 33 && content[0] === 1, "not an Ed25519 key");
  must(hash === sha256(name, "\n", content).subarray(0, 4).toString("hex"), "not its own hash");
  const jwk = { kty: "OKP", crv: "Ed25519", x: content.subarray(1).toString("base64url") };
  return [name, { hash, key: createPublicKey({ key: jwk, format: "jwk" }) }];
}));

const opened = (envelope, type, keys) => {
  must(envelope.payloadType === type, "another type");
  must(envelope.signatures.length === 1 && envelope.signatures[0].sig, "not signed");
  const [{ keyid, sig }] = envelope.signatures;
  must(keys.has(keyid), `signed by ${keyid}, which is not trusted`);
  const payload = unbase64(envelope.payload);
  const pae = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
  must(verify(null, pae, keys.get(keyid).key, unbase64(sig)), "the signature is of other bytes");
  const value = JSON.parse(payload);
  must(canonical(value) === payload.toString(), "not canonical");
  return [payload, value];
};

const NOTE = /^(([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n\u2014 ([^ +\n]+) ([A-Za-z0-9+/=]+)\n/gm;
const checkpoint = (text, keys) => {
  const found = [...text.matchAll(NOTE)].at(-1);
  must(found, "not a signed note");
  const [, signed, log, size, root, name, line] = found;
  must(keys.has(name), `signed by ${name}, which is not trusted`);
  const signature = unbase64(line);
  must(signature.subarray(0, 4).toString("hex") === keys.get(name).hash, "another key's hash");
  must(verify(null, Buffer.from(signed), keys.get(name).key, signature.subarray(4)), "not signed");
  return { log, size: Number(size), root };
};

const leaf = (payload) => sha256(Buffer.of(0), payload);
const node = (left, right) => sha256(Buffer.of(1), left, right);
const rootOf = (leaves) => {
  if (leaves.length <= 1) return leaves[0] ?? sha256();
  let half = 1;
  while (2 * half < leaves.length) half *= 2;
  return node(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
};

// RFC 9162, 2.1.3.2 and 2.1.4.2: one walk for both, since both climb the same tree.
const climb = (place, last, steps, each) => {
  for (const step of steps) {
    must(last > 0, "the proof is too long");
    const fromLeft = place & 1 || place === last;
    each(step, fromLeft);
    if (fromLeft) while (!(place & 1) && place) [place, last] = [place >> 1, last >> 1];
    [place, last] = [place >> 1, last >> 1];
  }
  must(last === 0, "the proof is too short");
};
const included = (hash, index, size, proof) => {
  climb(index, size - 1, proof, (step, fromLeft) => {
    hash = fromLeft ? node(step, hash) : node(hash, step);
  });
  return hash.toString("base64");
};
const continues = (old, now, proof) => {
  if (old.size === 0) return proof.length === 0 && old.root === sha256().toString("base64");
  if (old.size >= now.size) return proof.length === 0 && old.size === now.size && old.root === now.root;
  const steps = Number.isInteger(Math.log2(old.size)) ? [unbase64(old.root), ...proof] : [...proof];
  let [place, last] = [old.size - 1, now.size - 1];
  while (place & 1) [place, last] = [place >> 1, last >> 1];
  let first = steps[0], second = steps[0];
  climb(place, last, steps.slice(1), (step, fromLeft) => {
    if (fromLeft) [first, second] = [node(step, first), node(step, second)];
    else second = node(second, step);
  });
  return first.toString("base64") === old.root && second.toString("base64") === now.root;
};

// What a chain tells: each effect under an approval of its own, none before the last one's end.
const chainOf = () => ({ number: 0, last: hex(""), approvals: new Map(), permits: new Map(), open: null });
const tell = (chain, payload, { predicate: told, subject: [{ digest: digests }] }) => {
  const digest = digests[told.intent === null ? "sha256" : "hmac-sha256"];
  must(digest, "a subject without its digest");
  must(told.number === chain.number + 1, `number ${told.number} where ${chain.number + 1} is due`);
  must(told.previous === chain.last, "does not follow the one before");
  [chain.number, chain.last] = [told.number, hex(payload)];
  const approval = told.evidence.approval;
  const named = () => {
    const manifest = told.evidence.manifest;
    must(typeof manifest === "string" && /^[0-9a-f]{64}$/.test(manifest), `${told.kind} names no manifest`);
    return `${digest} ${manifest}`;
  };
  const counted = ["grant", "use"].every((name) => Number.isInteger(told.evidence[name]) && told.evidence[name] > 0);
  const yes = told.role === "human" || (told.role === "granter" && counted);
  if (told.kind === "approved" && yes) chain.approvals.set(approval, named());
  if (told.kind === "revoked") chain.approvals.delete(approval);
  if (told.kind === "permit") {
    must(chain.approvals.get(approval) === named(), "an effect without approval");
    must(chain.open === null, "a second effect, and nothing resolves the first");
    must(told.fence !== null && !chain.permits.has(told.fence), "no fence of its own");
    chain.approvals.delete(approval);
    chain.permits.set(told.fence, named());
    chain.open = told.fence;
  }
  if (told.kind === "sent" && told.role === "sender") must(chain.permits.get(told.fence) === named(), "sent without a permit");
  if (told.kind === "refused" && told.fence === chain.open && !("late" in told.evidence)) chain.open = null;
  if (told.kind === "resolved" && told.evidence.as === "in_review") chain.open = null;
};

const judge = (bundle, keys, known) => {
  const about = (item, act) => { try { return act(); } catch (e) { throw e.item ? e : bad(item, e.message); } };
  if (keys.size === 0) bad("trust file", "no key is pinned");
  if (bundle.receipts.length === 0) bad("bundle", "it is empty");
  const at = about("checkpoint", () => checkpoint(bundle.checkpoint, keys));
  const before = known && about("known checkpoint", () => checkpoint(known, keys));
  const whole = bundle.format === "urn:holdshort:log:v1";
  if (!whole) {
    must(bundle.format === "urn:holdshort:receipts:v1", "another format");
    const since = bundle.since && about("since", () => {
      const older = checkpoint(bundle.since.checkpoint, keys);
      must(older.log === at.log && continues(older, at, bundle.since.proof.map(unbase64)), "not continued");
      return older;
    });
    if (before) about("known checkpoint", () => must(before.log === at.log, "another log"));
    if (before && before.size > at.size) bad("checkpoint", "smaller than it was known");
    if (before && ![at, since].some((one) => one && one.size === before.size && one.root === before.root)) bad("known checkpoint", "not continued");
  }
  const total = whole ? at.size : about("count", () => {
    const [, said] = opened(bundle.count, "application/vnd.holdshort.count+json", keys);
    must(said.log === at.log && said.intent === bundle.intent && said.size === at.size && said.root === at.root && said.people === hex(canonical(bundle.people)), "of something else");
    return said.count;
  });
  const chains = new Map(), leaves = [];
  let after = -1;
  bundle.receipts.forEach((one, place) => about(`receipt ${place + 1} of ${total}`, () => {
    const [payload, statement] = opened(whole ? one : one.envelope, "application/vnd.in-toto+json", keys);
    const told = statement.predicate;
    must(statement._type === "https://in-toto.io/Statement/v1" && statement.predicateType === "urn:holdshort:receipt:v1", "another type");
    must(told.log === at.log && told.index < at.size, "of another log, or beyond the checkpoint");
    must(whole ? told.index === place : told.intent === bundle.intent && told.index > after, "not where it is due");
    if (!chains.has(told.intent)) chains.set(told.intent, chainOf());
    tell(chains.get(told.intent), payload, statement);
    if (!whole) must(included(leaf(payload), told.index, at.size, one.proof.map(unbase64)) === at.root, "not in the log");
    leaves.push(leaf(payload));
    after = told.index;
  }));
  if (bundle.receipts.length < total) bad(`receipt ${bundle.receipts.length + 1} of ${total}`, "it is missing");
  if (whole) {
    if (rootOf(leaves).toString("base64") !== at.root) bad("bundle", "not the receipts of its checkpoint");
    if (before && before.log !== at.log) bad("known checkpoint", "another log");
    if (before && before.size > at.size) bad("checkpoint", "smaller than it was known");
    if (before && rootOf(leaves.slice(0, before.size)).toString("base64") !== before.root) bad("known checkpoint", "not continued");
  }
  return [whole ? `log ${at.log}` : `intent ${bundle.intent}`, total];
};

let bundle, keys, known;
try {
  const [bundleFile, keyFile, knownFile] = process.argv.slice(2);
  bundle = JSON.parse(readFileSync(bundleFile));
  keys = keysOf(readFileSync(keyFile));
  known = knownFile && readFileSync(knownFile, "utf8");
} catch (error) {
  console.log(`unreadable: input: ${error.message}`);
  process.exit(2);
}
try {
  const [what, total] = judge(bundle, keys, known);
  console.log(`valid: ${what}: ${total} receipts; people's signatures were not looked at`);
} catch (error) {
  console.log(`invalid: ${error.item ?? "bundle"}: ${error.message}`);
  process.exit(1);
}
