// A second press, or a double click, was meant for the page before: it decides nothing.
const SETTLED = 400; // milliseconds that a page has been seen before anything is decided on it

let seenAt = Infinity;
let sent = false;

const posts = (form) => form.method === "post";
const decides = (form) => form.closest("#decide, #bulk") !== null;

function fresh() {
  sent = false;
  seenAt = Infinity;
  requestAnimationFrame(() => requestAnimationFrame((now) => {
    seenAt = now;
    setTimeout(() => { document.documentElement.dataset.settled = ""; }, SETTLED);
  }));
}

function refuse(event) {
  const form = event.target;
  if (!posts(form)) return;
  if (sent || (decides(form) && event.timeStamp - seenAt < SETTLED)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

function remember(event) {
  if (posts(event.target) && !event.defaultPrevented) sent = true;
}

export function careful() {
  fresh();
  window.addEventListener("pageshow", (event) => { if (event.persisted) fresh(); });
  window.addEventListener("submit", refuse, { capture: true });
  window.addEventListener("submit", remember);
}
