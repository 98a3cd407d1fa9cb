// Every command of the page by its name: what can be clicked, typed for.
const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input");
const list = dialog?.querySelector("ul");
let commands = [];

const decides = (element) => element.closest("#decide, #bulk") !== null;

function nameOf(element) {
  if (element.dataset.command) return element.dataset.command;
  const copy = element.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function collect() {
  const here = document.querySelectorAll("main [data-key], main [data-command], main nav a");
  const found = new Set([...here, ...document.querySelectorAll("#screens a, [data-key]")]);
  // What is done on this page comes first.
  commands = [...found]
    .filter((one) => !one.matches("input"))
    .sort((one, other) => decides(other) - decides(one))
    .map((element) => ({ element, name: nameOf(element) }));
}

function show() {
  const wanted = field.value.toLowerCase().split(/\s+/);
  const fitting = commands.filter(({ name }) => wanted.every((word) => name.toLowerCase().includes(word)));
  list.replaceChildren(...fitting.map(({ element, name }, index) => {
    const item = document.createElement("li");
    item.role = "option";
    item.id = `command-${index}`;
    item.textContent = name;
    item.addEventListener("click", () => run(element));
    return item;
  }));
  dialog.querySelector(".none").textContent = fitting.length ? "" : "There is no such command here.";
  select(0);
}

function select(index) {
  const items = [...list.children];
  for (const item of items) item.setAttribute("aria-selected", "false");
  const chosen = items[Math.min(Math.max(index, 0), items.length - 1)];
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
}

function run(element) {
  dialog.close();
  element.click();
}

const chosen = () => [...list.children].findIndex((item) => item.ariaSelected === "true");

field?.addEventListener("input", show);
field?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") select(chosen() + 1);
  else if (event.key === "ArrowUp") select(chosen() - 1);
  else if (event.key === "Enter") list.children[chosen()]?.click();
  else return;
  event.preventDefault();
});

export function palette() {
  if (!dialog || dialog.open) return;
  collect();
  field.value = "";
  dialog.showModal();
  show();
}
