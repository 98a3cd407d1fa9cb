// One key, one thing: what it is for stands beside it on the page (data-key, data-go).
const GO_WITHIN = 1500; // milliseconds between g and the letter
const TYPED = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";

const singleKeys = () => localStorage.getItem("single-keys") !== "off";

function settle(box) {
  box.checked = singleKeys();
  box.addEventListener("change", () => {
    localStorage.setItem("single-keys", box.checked ? "on" : "off");
  });
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.querySelector("[data-open]")?.focus();
}

function inRow(selector) {
  const row = document.activeElement.closest("[data-row]") ?? document.querySelector("[data-row]");
  row?.querySelector(selector)?.click();
}

function press(key) {
  const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!element) return false;
  if (element.matches("input")) {
    element.focus();
    element.select();
  } else element.click();
  // What opens is what one types into.
  if (element.matches("summary")) {
    element.parentElement.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  }
  return true;
}

const HERE = {
  j: () => step(1),
  k: () => step(-1),
  o: () => inRow("[data-open]"),
  x: () => inRow("[data-select]"),
};

function alone(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  // A key that is held down was pressed once; only a list is walked through with it.
  if (event.repeat && key !== "j" && key !== "k") return false;
  return singleKeys() && !target.closest?.(TYPED) && !document.querySelector("dialog[open]");
}

export function listen({ palette }) {
  let goUntil = 0;
  for (const box of document.querySelectorAll("[data-single-keys]")) settle(box);
  document.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      palette();
      return;
    }
    if (!alone(event)) return;
    if (event.timeStamp < goUntil) {
      goUntil = 0;
      document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
      event.preventDefault();
    } else if (key === "g") {
      goUntil = event.timeStamp + GO_WITHIN;
    } else if (Object.hasOwn(HERE, key)) {
      HERE[key]();
      event.preventDefault();
    } else if (press(key)) {
      event.preventDefault();
    }
  });
}
