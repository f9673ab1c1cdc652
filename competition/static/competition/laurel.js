// Small comforts. Every page does its work without this file.
//
//   /  goes to the search field          ?  shows the keys
//   [data-copy="id"]    copies the text of that element
//   [data-open="id"]    opens that dialog
//   [data-autosubmit]   a form that is sent when a select is changed with mouse or finger
//   [data-continue]     a form that goes on by itself
//   [data-enter-next]   a form in which Enter goes to the next field, and sends it from the last
//   [data-then-reload]  a button whose answer is a download
//   .confirm            a question that unfolds in the page becomes a dialog
//
// Everything is delegated, so fragments that arrive later behave the same.

const KEYS = "laurel-keys";

function remembered() {
  try { return localStorage.getItem(KEYS); } catch { return null; }
}

function remember(value) {
  try { localStorage.setItem(KEYS, value); } catch { /* private window: the choice lasts for this page */ }
}

let keysOn = remembered() !== "off";

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function focusSearch() {
  const field = document.querySelector("[data-search], input[type=search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog?.showModal || dialog.open) return false;
  dialog.showModal();
  return true;
}

// A Chinese keyboard sends the full-width sign for the same key.
const ACTIONS = {
  "/": focusSearch, "／": focusSearch, "、": focusSearch,
  "?": () => openDialog("keys"), "？": () => openDialog("keys"),
};

document.addEventListener("keydown", (event) => {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (ACTIONS[event.key]?.()) event.preventDefault();
});

// The clipboard is closed on plain http, where many offices run: then select and copy the old way.
async function copyText(source) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  }
  window.getSelection().selectAllChildren(source);
  return document.execCommand("copy");
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  const done = await copyText(source).catch(() => false);
  if (!done) {
    window.getSelection().selectAllChildren(source);
    return;
  }
  const before = button.dataset.label ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = before; }, 2000);
}

function ask(event, summary) {
  const details = summary.parentElement;
  const dialog = details.querySelector("dialog");
  if (!dialog?.showModal) return;
  event.preventDefault();
  details.open = true;
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const summary = target.closest(".confirm > summary");
  const copier = target.closest("[data-copy]");
  const opener = target.closest("[data-open]");
  if (summary) ask(event, summary);
  else if (copier) copy(copier);
  else if (opener) openDialog(opener.dataset.open);
});

// "close" does not bubble, so it is caught on the way down.
document.addEventListener("close", (event) => {
  const details = event.target.closest?.(".confirm");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus();
}, true);

// Arrow keys step through a select one change at a time: only pointers send at once.
let byPointer = false;
document.addEventListener("pointerdown", () => { byPointer = true; }, true);
document.addEventListener("keydown", () => { byPointer = false; }, true);

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-keys]")) {
    keysOn = field.checked;
    remember(keysOn ? "on" : "off");
  } else if (byPointer && field.matches("[data-autosubmit] select")) {
    field.form.requestSubmit ? field.form.requestSubmit() : field.form.submit();
  }
});

// Signing out erases what a judge's device has kept, once the server has signed out; what is not sent yet is asked about.
// Where somebody else has signed in, the pages of the judge before them go too: what is unsent stays for that judge.
const LEAVING = "laurel.leaving";
const WHOSE = "laurel.judging.whose";
const KEPT = ["laurel.judge.", "laurel.judged."];

/** Of this person; a record is left alone where another judge of the same device made it. */
function recordsOf(user) {
  return Object.keys(localStorage).filter((key) => {
    if (!KEPT.some((prefix) => key.startsWith(prefix))) return false;
    try { return JSON.parse(localStorage.getItem(key)).user === user; } catch { return false; }
  });
}

function erasePages() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("laurel.judging.")) localStorage.removeItem(key);
  for (const name of ["laurel-judging-pages", "laurel-judging-files"]) window.caches?.delete(name);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  try {
    const { user } = document.body.dataset;
    const isUnsent = recordsOf(user).some((key) => key.startsWith("laurel.judge."));
    if (isUnsent && !confirm(form.dataset.signOut)) event.preventDefault();
    else sessionStorage.setItem(LEAVING, user);
  } catch { /* nothing can be kept here */ }
});

try {
  const { user } = document.body.dataset;
  const left = sessionStorage.getItem(LEAVING);
  if (left && !user) {
    for (const key of recordsOf(left)) localStorage.removeItem(key);
    erasePages();
  }
  sessionStorage.removeItem(LEAVING);
  const whose = localStorage.getItem(WHOSE);
  if (whose && user && whose !== user) erasePages();
} catch { /* nothing can be kept here */ }

document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });

// A download leaves the page as it is; what it has changed on the server shows a moment later.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-then-reload]")) setTimeout(() => location.reload(), 2500);
});

// one box that checks all of its table
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-check-all]")) return;
  for (const box of event.target.closest("table").querySelectorAll("tbody input[type=checkbox]")) box.checked = event.target.checked;
});

for (const box of document.querySelectorAll("[data-keys]")) box.checked = keysOn;
document.documentElement.classList.add("has-js");

// A short wait lets the bar be seen and the page be left.
const onward = document.querySelector("form[data-continue]");
if (onward) setTimeout(() => onward.requestSubmit(), 300);

// a clerk types a sheet of paper with the number pad alone
document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && !event.isComposing && event.target.matches("input") && event.target.closest("[data-enter-next]");
  if (!form) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden]):not([type=checkbox])")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
});
