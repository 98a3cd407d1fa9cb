// The keys of the console.  Whatever they do is a link, a form or a dialog of the page:
// without this file everything is there as well.
import { careful } from "./careful.js";
import { listen } from "./keys.js";
import { hear } from "./lost.js";
import { palette } from "./palette.js";

const THEMES = ["", "light", "dark"];

function nextTheme() {
  const root = document.documentElement;
  const theme = THEMES[(THEMES.indexOf(root.dataset.theme ?? "") + 1) % THEMES.length];
  root.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

function clicked(event) {
  const opener = event.target.closest("[data-opens]");
  if (opener?.dataset.opens === "palette") palette();
  else if (opener) document.getElementById(opener.dataset.opens).showModal();
  else if (event.target.closest("[data-theme-next]")) nextTheme();
}

document.addEventListener("click", clicked);
careful();
hear();
listen({ palette });
