// Passkeys: a form with data-passkey asks the person's device in place of being sent.
// `make` makes one; `approval` lets it sign for what the form's `item` fields name, each an
// intent and the digest of what was read: "7:abab...".  What happens is said beside the button.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

function fromBytes(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

class Refused extends Error {
  constructor({ error, hint }) {
    super(error);
    this.hint = hint;
  }
}

async function post(path, value) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(value),
    });
  } catch {
    throw new Refused({ error: "The console does not answer.", hint: "look whether it was done: load the page again" });
  }
  const answer = await response.json().catch(() => ({ error: `The console answered ${response.status}.`, hint: "load the page again" }));
  if (!response.ok) throw new Refused(answer);
  return answer;
}

function credentialOptions(options) {
  const decoded = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) decoded.user = { ...options.user, id: toBytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) decoded[list] = options[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: decoded };
}

const DEVICE = {
  NotAllowedError: "Your device did not sign: you cancelled, or it took too long.",
  InvalidStateError: "This device has a passkey of yours already.",
  NotSupportedError: "This device cannot make such a passkey.",
  SecurityError: "The browser allows no passkey on this page.",
};

async function device(act, options) {
  if (!window.PublicKeyCredential) {
    throw new Refused({ error: "This browser has no passkeys here.", hint: "use another browser, over https or on localhost" });
  }
  try {
    return await navigator.credentials[act](credentialOptions(options));
  } catch (error) {
    throw new Refused({ error: DEVICE[error.name] ?? `Your device answered: ${error.message}`, hint: "nothing was done; try again" });
  }
}

function fact([name, value]) {
  return [element("dt", name), element("dd", value)];
}

function mail({ id, version, digest, subject, to }) {
  const what = `Intent ${id}, version ${version}: “${subject}” to ${to.join(", ")}`;
  return element("li", what, element("br"), "digest ", element("code", digest));
}

function summarised({ title, facts, items }) {
  const list = element("ul", ...items.map(mail));
  return element("div", element("p", `${title}:`), list, element("dl", ...facts.flatMap(fact)));
}

function became({ id, missing, error, hint }) {
  if (error) return element("li", `Intent ${id} is not approved: ${error}. Next: ${hint}`);
  if (missing) return element("li", `Intent ${id} has your yes, and waits for ${missing} more at least.`);
  return element("li", `Intent ${id} is approved.`);
}

async function make(_, say) {
  say("Asking …");
  const { publicKey } = await post("/passkeys/begin", {});
  say("Waiting for your device. It makes a passkey for this page, once you have shown it that it is you.");
  const { rawId, response } = await device("create", publicKey);
  const { name } = await post("/passkeys/finish", {
    credential: fromBytes(rawId),
    client_data: fromBytes(response.clientDataJSON),
    attestation: fromBytes(response.attestationObject),
  });
  location.assign(`/passkeys?made=${name}`);
}

async function signed(begin, finish, value, say) {
  const { publicKey, summary } = await post(begin, value);
  say("Waiting for your device. Once you have shown it that it is you, it signs that", summarised(summary));
  const { rawId, response } = await device("get", publicKey);
  say("Your device has signed. Approving …");
  return post(finish, {
    credential: fromBytes(rawId),
    authenticator_data: fromBytes(response.authenticatorData),
    client_data: fromBytes(response.clientDataJSON),
    signature: fromBytes(response.signature),
  });
}

function itemsOf(form) {
  return new FormData(form).getAll("item").map((item) => {
    const [id, digest] = item.split(":");
    return { id: Number(id), digest };
  });
}

async function approval(form, say) {
  say("Looking at what you approve …");
  const items = itemsOf(form);
  if (!items.length) throw new Refused({ error: "Nothing is selected.", hint: "select what you have read" });
  const outcomes = await signed("/passkeys/approval/begin", "/passkeys/approval/finish", { items }, say);
  const { passkeyNext } = form.dataset;
  if (passkeyNext && outcomes.every(({ error }) => !error)) location.assign(passkeyNext);
  else say("This is what became of it:", element("ul", ...outcomes.map(became)));
}

const ACTS = { make, approval };

async function submitted(event) {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  const place = form.querySelector("[data-passkey-says]");
  const say = (...said) => place.replaceChildren(...said.map((one) => (typeof one === "string" ? element("p", one) : one)));
  form.ariaBusy = "true";
  try {
    await ACTS[form.dataset.passkey](form, say);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, `Next: ${error.hint}`);
  } finally {
    form.ariaBusy = "false";
  }
}

// The style shows what a script can do, also in what a page puts in place of its parts later.
document.documentElement.dataset.passkeys = "";
document.addEventListener("submit", submitted);
