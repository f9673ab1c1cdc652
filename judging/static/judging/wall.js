// The wall of pictures: sorted by click or key, each choice sent at once; looked at large in a dialog.
//
//   [data-card]       one work; data-sorted is how it is sorted on this page, data-sort-url where a choice goes
//   [data-sort]       a button of a card or of the large view; pressed again it takes its choice back
//   [data-zoom]       the picture; without this file it is a link to the work, and the buttons are plain forms
//   #desk             where the page says how things stand; it and [data-wall] carry all words
//
// A choice that could not be sent stays on the page, marked as not saved, and is tried again; one that the server
// refused is put back as it was. Of several choices for one work the last is sent.

import { Pin, post } from "./sending.js";

const KEYS = { 1: "shortlist", 2: "undecided", 3: "out", 0: "none", "１": "shortlist", "２": "undecided", "３": "out", "０": "none" };
const NONE = "none";
const LARGE = "laurel.wall.large";  // the page that is opened with its work shown large

const desk = document.getElementById("desk");
const wall = document.querySelector("[data-wall]");
const zoom = document.getElementById("zoom");
const again = document.querySelector("[data-again]");
const words = { ...desk.dataset, ...wall?.dataset };
const status = desk.querySelector("[data-status]");
const cards = wall ? [...wall.querySelectorAll("[data-card]")] : [];
const pin = new Pin(words, sendAll);

const unsent = new Map();  // card -> what was chosen and is not saved yet
const saved = new Map(cards.map((card) => [card, card.dataset.sorted]));
const sending = new Set();
let refusal = "";
let turning = "";  // the page of the wall that is gone to once everything is saved

function say(text, kind = "") {
  status.textContent = text;
  desk.dataset.kind = kind;
  zoom.querySelector("[data-said]").textContent = kind === "refused" ? text : "";
}

// ---- sorting ------------------------------------------------------------------------------------------------------

function choose(card, sortedAs) {
  if (!card?.dataset.sortUrl || (card.dataset.sorted === sortedAs && !unsent.has(card))) return;
  paint(card, sortedAs);
  unsent.set(card, sortedAs);
  say(words.saving);
  send(card);
}

function toggle(card, sortedAs) {
  choose(card, card.dataset.sorted === sortedAs ? NONE : sortedAs);
}

function paint(card, sortedAs) {
  count(card.dataset.sorted, -1);
  count(sortedAs, 1);
  card.dataset.sorted = sortedAs;
  press(card, sortedAs);
  for (const button of card.querySelectorAll("[data-sort]")) button.value = button.dataset.sort === sortedAs ? NONE : button.dataset.sort;
  if (card === current) press(zoom, sortedAs);
}

function press(place, sortedAs) {
  for (const button of place.querySelectorAll("[data-sort]")) button.setAttribute("aria-pressed", String(button.dataset.sort === sortedAs));
}

function count(sortedAs, step) {
  const number = document.querySelector(`[data-count="${sortedAs}"]`);
  if (number) number.textContent = Number(number.textContent) + step;
}

// What is chosen while this card is on its way goes out after it.
async function send(card) {
  if (sending.has(card)) return;
  sending.add(card);
  try {
    while (unsent.has(card) && await isSent(card, unsent.get(card)));
  } finally {
    sending.delete(card);
  }
  tell(card);
  if (!unsent.has(card)) sendAll();  // the server is there: what was left before goes too
}

async function isSent(card, sortedAs) {
  const answer = await post(card.dataset.sortUrl, { sorted_as: sortedAs }).catch(() => ({ status: 503, body: {} }));
  const { status: code, body } = answer;
  if (code === 401 || code === 403) pin.ask();
  if (code === 401 || code === 403 || code === 429 || code >= 500) return false;
  if (code >= 300) {
    unsent.delete(card);
    paint(card, saved.get(card));
    refusal = `${words.putBack.replace("{number}", card.dataset.number)} ${code === 404 ? "" : body.message ?? ""}`;
    return true;
  }
  if (body.work !== card.id || body.sorted_as !== sortedAs) return false;
  saved.set(card, sortedAs);
  if (unsent.get(card) === sortedAs) unsent.delete(card);
  return true;
}

function tell(card) {
  const left = [...unsent.keys()].filter((one) => !sending.has(one));
  for (const one of cards) one.querySelector("[data-unsaved]").hidden = !left.includes(one);
  again.hidden = !left.length;
  const said = [refusal];
  if (left.length) said.push(words.notSaved.replace("{numbers}", left.map((one) => one.dataset.number).join(" ")));
  refusal = "";
  if (said.some(Boolean)) say(said.filter(Boolean).join(" "), "refused");
  else if (!unsent.size) say(`${words.saved}: ${card.dataset.number}`, "saved");
  if (!turning || (unsent.size && !left.length)) return;
  const to = turning;
  turning = "";  // who comes back by the browser's button finds this page as it was, and goes on sorting here
  if (!unsent.size) location.assign(to);
}

function sendAll() {
  for (const card of unsent.keys()) send(card);
}

// ---- through the wall ---------------------------------------------------------------------------------------------

function neighbour(card, key) {
  const at = cards.indexOf(card);
  const columns = cards.filter((one) => one.offsetTop === cards[0].offsetTop).length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  return cards[at + step];
}

/** To the page before (-1) or after (1); what is chosen here is saved first. Whether there is one. */
function turnPage(by, isLarge) {
  const address = by > 0 ? words.after : words.before;
  if (!address) return false;
  if (isLarge) sessionStorage.setItem(LARGE, address);
  if (unsent.size) {
    say(words.turning);
    turning = address;
  } else location.assign(address);
  return true;
}

function focus(card) {
  const link = card.querySelector("[data-zoom]");
  link.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;

function onKey(event) {
  if (!isPlain(event) || document.querySelector("dialog[open]")) return;
  const card = event.target.closest?.("[data-card]");
  if (!card) {
    // whoever has touched nothing yet steps onto the wall
    if (event.target !== document.body || event.key !== "ArrowRight") return;
    event.preventDefault();
    focus(cards[0]);
  } else if (event.key in KEYS) {
    event.preventDefault();
    choose(card, KEYS[event.key]);
  } else if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    const next = neighbour(card, event.key);
    if (next) focus(next);
    else turnPage(event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1);
  }
}

function onClick(event) {
  const card = event.target.closest("[data-card]");
  const button = event.target.closest("[data-sort]");
  if (button) {
    event.preventDefault();
    toggle(card, button.dataset.sort);
  } else if (event.target.closest("[data-zoom]") && isPlain(event) && !event.shiftKey && zoom.showModal) {
    event.preventDefault();
    open(card);
  }
}

// ---- large --------------------------------------------------------------------------------------------------------

const view = zoom.querySelector("[data-view]");
const image = zoom.querySelector("[data-image]");
const real = zoom.querySelector("[data-real]");
let current = null;

function open(card) {
  show(card);
  zoom.showModal();
  view.focus();
}

function show(card) {
  current = card;
  const link = card.querySelector("[data-zoom]");
  const small = link.querySelector("img");
  const at = cards.indexOf(card);
  fit(small?.src);
  image.alt = card.dataset.number;
  zoom.querySelector("[data-no-picture]").hidden = Boolean(small);
  real.hidden = !small;
  zoom.querySelector("[data-number]").textContent = card.dataset.number;
  zoom.querySelector("[data-title]").textContent = card.dataset.title;
  zoom.querySelector("[data-place]").textContent = `${Number(words.first) + at} / ${words.total}`;
  zoom.querySelector("[data-mark]").href = link.href;
  for (const button of zoom.querySelectorAll("[data-step]")) button.disabled = !cards[at + Number(button.dataset.step)] && !(Number(button.dataset.step) > 0 ? words.after : words.before);
  press(zoom, card.dataset.sorted);
  const next = cards[at + 1]?.querySelector("img");
  if (next) next.loading = "eager";  // it is what is looked at in a moment
}

function fit(address) {
  image.hidden = !address;
  if (address && image.src !== address) image.src = address;
  setReal(false);
}

function setReal(isReal) {
  view.classList.toggle("is-real", isReal);
  real.setAttribute("aria-pressed", String(isReal));
}

/** The copy itself, one dot of it on one of the screen, around the place (0 to 1) that was pointed at. */
function toReal(x = 0.5, y = 0.5) {
  const { fullUrl } = current.querySelector("[data-zoom]").dataset;
  const small = image.src;
  const scroll = () => {
    setReal(true);
    view.scrollTo(x * view.scrollWidth - view.clientWidth / 2, y * view.scrollHeight - view.clientHeight / 2);
  };
  image.onload = () => { image.onload = image.onerror = null; scroll(); };
  image.onerror = () => { image.onload = image.onerror = null; image.src = small; scroll(); };  // without a network
  image.src = fullUrl;
}

function turn(event) {
  if (view.classList.contains("is-real")) {
    fit(current.querySelector("[data-zoom] img").src);
  } else {
    const box = image.getBoundingClientRect();
    if (event.target === image) toReal((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    else toReal();
  }
}

function step(by) {
  const next = cards[cards.indexOf(current) + by];
  if (next) show(next);
  else turnPage(by, true);
}

zoom.addEventListener("click", (event) => {
  const sort = event.target.closest("[data-sort]");
  const steps = event.target.closest("[data-step]");
  if (sort) toggle(current, sort.dataset.sort);
  else if (steps) step(Number(steps.dataset.step));
  else if (event.target.closest("[data-close]")) zoom.close();
  else if (event.target === image || event.target === real) turn(event);
});

zoom.addEventListener("keydown", (event) => {
  if (!isPlain(event)) return;
  if (event.key in KEYS) {
    event.preventDefault();
    choose(current, KEYS[event.key]);
  } else if (event.key in { ArrowLeft: 1, ArrowRight: 1 } && !view.classList.contains("is-real")) {
    event.preventDefault();
    step(event.key === "ArrowLeft" ? -1 : 1);
  } else if (event.key === "Enter" && event.target === view && image.src) {
    turn(event);
  }
});

zoom.addEventListener("close", () => { if (current) focus(current); });

// ---- beginning ----------------------------------------------------------------------------------------------------

function arrive() {
  const here = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const isLarge = sessionStorage.getItem(LARGE)?.endsWith(location.search + location.hash);
  sessionStorage.removeItem(LARGE);
  if (!cards.includes(here)) return;
  focus(here);
  if (isLarge && zoom.showModal) open(here);
}

if (wall) {
  document.addEventListener("keydown", onKey);
  wall.addEventListener("click", onClick);
  again.addEventListener("click", sendAll);
  addEventListener("online", sendAll);
  addEventListener("beforeunload", (event) => { if (unsent.size) event.preventDefault(); });
  if (document.readyState === "complete") arrive();
  else addEventListener("load", arrive);  // the browser goes to the hash before that, and takes the focus along
  say(matchMedia("(pointer: fine)").matches ? words.hint : words.touch);
}
