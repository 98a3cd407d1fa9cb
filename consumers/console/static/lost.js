// What is shown may be old: the page stays, says so, and says no more once it is new again.
let asOf = new Date();

function say(what) {
  for (const line of document.querySelectorAll("#lost [data-says]")) {
    line.hidden = line.dataset.says !== what;
    const time = line.querySelector("time");
    if (time) time.textContent = asOf.toLocaleTimeString();
  }
}

function answered({ detail: { ctx } }) {
  const { status } = ctx.response;
  if (status < 400) {
    asOf = new Date();
    say("");
  } else say(status === 503 ? "down" : "away");
}

export function hear() {
  if (!document.getElementById("lost")) return;
  document.addEventListener("htmx:after:request", answered);
  document.addEventListener("htmx:error", () => say("away"));
  document.addEventListener("htmx:sse:error", () => say("away"));
  document.addEventListener("lost", () => say("down"));
}
