// The page of a judge: it saves itself, goes on without a network, and sends each thing exactly once.
//
//   [data-sheet]   marks and comments of one entry; kept on the device at every key, sent a moment later
//   [data-queue]   a form that is kept and sent the same way: "I know this work", a doubt
//   [data-take]    takes the neutral copies along
//   [data-fresh]   a list that is fetched anew when something of it was sent
//   [data-row]     a line of it; its checkbox is unchecked while this device keeps something newer of that work
//   #desk          where the page says how things stand; carries all words, so that this file has none
//
// What is kept: one record a window and entry under laurel.judge.<judge>.…, removed when the server has said yes. A
// record names the version it was made on; the server refuses another one, and a person chooses. Without this file the
// same forms work as plain ones.

import { Box, uuid } from "./keeping.js";
import { takeAlong, keepPages, registerWorker } from "./offline.js";
import { Pin, post } from "./sending.js";

const desk = document.getElementById("desk");
const words = desk.dataset;
const box = new Box(words.judge, document.body.dataset.user);
const form = document.querySelector("form[data-sheet]");
const status = desk.querySelector("[data-status]");
const pin = new Pin(words, () => sendSoon(0));
const versionsDialog = document.getElementById("two-versions");
const discard = desk.querySelector("[data-discard]");
const work = desk.dataset.work;  // the entry that the page is about; none on the pile
const PAUSES = [1000, 3000, 8000, 20000];
const DEBOUNCE = 400;

const FLASH = "laurel.judging.flash";

let tries = 0;
let isReached = true;
let sentHere = 0;
let timer = 0;
let isSending = false;

function say(text, kind = "") {
  status.textContent = text;
  desk.dataset.kind = kind;
}

function clock(at = new Date()) {
  return at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

// ---- sending ------------------------------------------------------------------------------------------------------

function sendSoon(pause = DEBOUNCE) {
  clearTimeout(timer);
  timer = setTimeout(sendAll, pause);
}

// One window at a time sends; the others find their records gone.
async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    if (navigator.locks) await navigator.locks.request(`laurel.send.${words.judge}`, drain);
    else await drain();
  } finally {
    isSending = false;
  }
  if (box.waiting().length && !pin.isPutOff) sendSoon(PAUSES[Math.min(tries, PAUSES.length - 1)]);
}

async function drain() {
  isReached = true;
  for (const kept of box.waiting()) {
    const sent = box.readyToSend(kept);
    if (!sent) continue;
    let answer;
    try {
      say(words.saving);
      answer = await post(sent.url, sent.body);
    } catch {
      tries += 1;
      isReached = false;
      say(words.offline, "offline");
      return;
    }
    if (answer.status === 401 || answer.status === 403) {
      isReached = false;
      say(words.unsent, "refused");
      pin.ask();
      return;
    }
    if (answer.status >= 500 || answer.status === 429) {
      isReached = false;  // this one waits; the others go on
      continue;
    }
    if (answer.status >= 300) refused(sent, answer);
    else if (answer.body.save === sent.body.save) accepted(sent, answer.body);
    else isReached = false;
  }
  tries = isReached ? 0 : tries + 1;
  tell();
}

function accepted(sent, body) {
  sentHere += 1;
  const rest = box.acknowledge(sent, body.revision);
  const isOwn = form?.dataset.work === sent.work;
  if (isOwn && body.revision !== undefined) form.dataset.base = body.revision;
  if (rest) return;
  if (sent.kind === "op") opDone(sent);
  if (sent.want === "submit") {
    if (isOwn) handedIn(body.url);
    say(`${words.isIn} ${clock()}`, "saved");
  } else {
    say(`${words.saved} ${clock()}`, "saved");
  }
}

function refused(sent, answer) {
  const theirs = answer.body.theirs;
  if (answer.body.code === "draft-changed" && theirs && sent.mine.includes(theirs.save)) {
    box.rebase(sent.key, theirs.revision);  // it was this window's own save, whose answer got lost
    return;
  }
  const message = answer.status === 404 ? words.gone : answer.body.message || words.refused;
  box.mark(sent.key, { message, fields: answer.body.fields, theirs });
  if (form?.dataset.work === sent.work) showFault(box.get(sent.key));
}

function tell() {
  const left = box.waiting().length;
  const stuck = box.stuck();
  const here = stuck.filter((one) => !work || one.work === work);
  if (left) say(isReached && navigator.onLine ? words.waiting : words.offline, "offline");
  else if (here.length) say(here[0].fault.message, "refused");
  discard.hidden = !here.some((one) => !one.fault.theirs);
  showElsewhere(stuck.filter((one) => one.work !== work));
  markRows();
  if (sentHere && !left && document.querySelector("[data-fresh]")) location.reload();
}

// What was not accepted of other works is named here too, so that nobody believes it is in.
function showElsewhere(stuck) {
  const list = desk.querySelector("[data-elsewhere]");
  const lines = stuck.map((one) => {
    const line = document.createElement("li");
    line.append(link(one.page, one.number, ""), ` ${one.fault.message}`);
    return line;
  });
  list.replaceChildren(...lines);
  list.hidden = !lines.length;
}

// ---- the sheet ----------------------------------------------------------------------------------------------------

const own = form ? box.adopt(form.dataset.work) : null;
const fields = form ? [...form.querySelectorAll("[name^=mark-]")] : [];
const FULL_WIDTH = /[０-９．]/g;

function values() {
  const texts = [...fields, form.elements.comment, form.elements.feedback];
  return Object.fromEntries(texts.map((field) => [field.name, field.value.trim()]));
}

function fill(saved) {
  for (const [name, value] of Object.entries(saved)) if (form.elements[name]) form.elements[name].value = value;
}

function fault(field) {
  const text = field.value.trim();
  if (!text) return "";
  const unit = Number(field.dataset.unit);
  const number = Number(text);
  const steps = number / unit;
  const isGood = /^\d+(\.\d*)?$/.test(text) && number <= Number(field.dataset.most) && Math.abs(steps - Math.round(steps)) < 1e-6;
  return isGood ? "" : words.range.replace("{most}", field.dataset.most).replace("{step}", field.dataset.unit);
}

function total() {
  const isWhole = fields.every((field) => field.value.trim() && !fault(field));
  const sum = fields.reduce((all, field) => all + Number(field.value) * Number(field.dataset.weight), 0);
  form.querySelector("[data-total]").textContent = isWhole ? String(Number(sum.toFixed(6))) : "—";
}

function showField(field) {
  const said = fault(field);
  const line = field.closest("[data-criterion]").querySelector("[data-fault]");
  line.textContent = said;
  line.hidden = !said;
  field.setAttribute("aria-invalid", said ? "true" : "false");
}

function keep(want, isHeld = false) {
  goOnFrom(box.lastYes(form.dataset.work));
  const isKept = box.write(own, {
    kind: "sheet", work: form.dataset.work, number: form.dataset.number, page: location.pathname, base: Number(form.dataset.base), want, values: values(), isHeld,
    url: want === "submit" ? form.dataset.submitUrl : form.dataset.saveUrl,
  });
  if (!isKept) say(words.full, "refused");
}

// Another window may have sent what this one had kept: this one goes on from there.
function goOnFrom(yes) {
  if (yes?.from === own && yes.base > Number(form.dataset.base)) form.dataset.base = yes.base;
}

function typed() {
  total();
  const isWrong = fields.some((field) => fault(field));
  keep("save", isWrong);
  if (isWrong) say(words.held, "refused");
  else sendSoon();
}

function submit(event) {
  event.preventDefault();
  for (const field of fields) showField(field);
  const blank = fields.find((field) => !field.value.trim());
  const wrong = fields.find((field) => fault(field));
  if (blank || wrong) {
    for (const field of fields) field.closest("[data-criterion]").classList.toggle("is-missing", !field.value.trim());
    say(blank ? words.marksMissing : words.refused, "refused");
    (wrong || blank).focus();
    return;
  }
  keep("submit");
  handedIn("");
  sendSoon(0);
}

// After this nothing more is typed here; the next work is one step away.
function handedIn(url) {
  for (const field of form.querySelectorAll("input, textarea, button")) field.disabled = true;
  const bar = form.querySelector(".action-bar");
  bar.replaceChildren();
  const { after } = form.dataset;
  const path = after && new URL(after, location).pathname;
  const isTodo = after && !box.all().some((one) => one.page === path && one.want === "submit");
  const next = isTodo ? after : words.back;
  bar.append(link(next, words.next, "button button-next button-big"));
  if (url) bar.append(link(url, words.receipt, "button"));
  say(url ? `${words.isIn} ${clock()}` : words.handedIn, url ? "saved" : "offline");
}

function link(href, text, className) {
  return Object.assign(document.createElement("a"), { href, textContent: text, className });
}

function showFault(record) {
  if (!record?.fault) return;
  for (const field of form.querySelectorAll("input, textarea, button")) field.disabled = false;
  say(record.fault.message, "refused");
  if (record.fault.theirs) showVersions(record);
}

function showVersions(record) {
  const rows = versionsDialog.querySelector("[data-versions]");
  const theirs = record.fault.theirs.values;
  rows.replaceChildren(...Object.keys(record.values).map((name) => {
    const row = document.createElement("tr");
    const label = form.querySelector(`label[for="${name}"]`)?.firstChild.textContent.trim() ?? name;
    const cells = [label, record.values[name] || "—", theirs[name] || "—"];
    row.append(...cells.map((text, at) => Object.assign(document.createElement(at ? "td" : "th"), { textContent: text })));
    row.classList.toggle("cut", record.values[name] !== theirs[name]);
    return row;
  }));
  if (!versionsDialog.open) versionsDialog.showModal();
}

function choose(which) {
  const record = box.get(own);
  if (!record?.fault?.theirs) return;
  const { revision, values: theirs } = record.fault.theirs;
  form.dataset.base = revision;
  versionsDialog.close();
  if (which === "theirs") {
    fill(theirs);
    box.remove(own);
    total();
    say(`${words.saved} ${clock()}`, "saved");
    return;
  }
  keep(record.want);
  sendSoon(0);
}

function step(button) {
  const field = button.parentElement.querySelector("input");
  const unit = Number(field.dataset.unit) * Number(button.dataset.step);
  const most = Number(field.dataset.most);
  const from = Number(field.value.trim() || 0);
  if (Number.isNaN(from)) return;
  const digits = (field.dataset.unit.split(".")[1] || "").length;
  field.value = Number(Math.min(Math.max(from + unit, 0), most).toFixed(digits));
  showField(field);
  typed();
}

function openSheet() {
  const record = box.get(own);
  const yes = box.lastYes(form.dataset.work);
  if (yes && yes.base > Number(form.dataset.base)) {
    fill(yes.values);  // this page was kept before the last save
    form.dataset.base = yes.base;
  }
  if (record) {
    fill(record.values);
    if (!record.fault) form.dataset.base = record.base;
    if (record.isHeld) {
      fields.forEach(showField);
      say(words.held, "refused");
    }
    if (record.want === "submit" && !record.fault) handedIn("");
    else showFault(record);
  }
  total();
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches("[name^=mark-]")) {
      field.value = field.value.replace(FULL_WIDTH, (char) => (char === "．" ? "." : String.fromCharCode(char.charCodeAt(0) - 0xfee0)));
      showField(field);
    }
    typed();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      form.querySelector("[data-submit]")?.click();
    } else if (event.target.matches("[name^=mark-]")) {
      event.preventDefault();
      (fields[fields.indexOf(event.target) + 1] ?? form.elements.comment).focus();
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) step(button);
  });
  form.addEventListener("submit", submit);
  versionsDialog?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    if (button) choose(button.dataset.choose);
  });
}

// ---- forms that are kept and sent ---------------------------------------------------------------------------------

for (const other of document.querySelectorAll("form[data-queue]")) {
  other.addEventListener("submit", (event) => {
    const data = Object.fromEntries(new FormData(other));
    delete data.csrfmiddlewaretoken;
    delete data.do;
    data.save = uuid();
    const { queue: url, work: about, done, number } = other.dataset;
    if (!box.writeOp({ url, work: about, number, page: location.pathname, body: data, done })) return;
    event.preventDefault();
    other.replaceChildren(Object.assign(document.createElement("p"), { textContent: words.waiting, className: "soft" }));
    other.dataset.op = data.save;
    sendSoon(0);
  });
}

function opDone(sent) {
  const other = document.querySelector(`form[data-op="${sent.body.save}"]`);
  if (other) other.firstChild.textContent = sent.done;
  if (sent.url.endsWith("/recuse/") && other) {
    box.remove(own);
    sessionStorage.setItem(FLASH, sent.done);
    location.assign(words.pile);
  }
}

// ---- beginning anew ------------------------------------------------------------------------------------------------

discard.addEventListener("click", () => {
  if (!confirm(discard.dataset.sure)) return;
  for (const one of box.stuck()) if (!work || one.work === work) box.remove(one.key);
  location.reload();
});

// ---- the pile -----------------------------------------------------------------------------------------------------

function markRows() {
  const unsent = new Set(box.all().map((one) => one.work));
  for (const row of document.querySelectorAll("[data-row]")) {
    const isUnsent = unsent.has(row.dataset.row);
    row.querySelector("[data-unsent]").hidden = !isUnsent;
    const box = row.querySelector("input[type=checkbox]");
    if (box && isUnsent) Object.assign(box, { checked: false, disabled: true });
  }
}

const take = document.querySelector("[data-take]");
take?.addEventListener("click", async () => {
  take.disabled = true;
  const works = [...document.querySelectorAll("a[data-work]")].map((one) => one.href);
  const isWhole = await takeAlong(works, (done, all) => say(`${words.taking} ${done} / ${all}`));
  say(isWhole ? words.taken : words.notTaken, isWhole ? "saved" : "refused");
  take.disabled = false;
});

// ---- beginning ----------------------------------------------------------------------------------------------------

// Nothing old is erased before the server was there to take it.
async function isThere() {
  const response = await fetch(words.pile, { method: "HEAD", cache: "no-store" }).catch(() => null);
  return Boolean(response?.ok && !response.redirected);
}

async function begin() {
  if (form) openSheet();
  if (!box.works) say(words.full, "refused");
  addEventListener("online", () => sendSoon(0));
  addEventListener("offline", () => say(words.offline, "offline"));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && box.waiting().length) sendSoon(0); });
  box.retry();
  if (box.waiting().length) await sendAll();
  else tell();
  markRows();
  if (box.hasOld() && isReached && await isThere() && box.expire()) say(words.expired, "refused");
  const flash = sessionStorage.getItem(FLASH);
  if (flash) say(flash, "saved");
  sessionStorage.removeItem(FLASH);
  if (!await registerWorker(words.worker, document.body.dataset.user)) {
    if (!box.waiting().length && !status.textContent) say(words.noOffline);
    return;
  }
  if (take) take.hidden = false;
  const pages = [location.href, ...[...document.querySelectorAll("a[data-work], a[rel=next]")].map((one) => one.href)];
  await keepPages(pages);
  desk.dataset.ready = "yes";
  if (!status.textContent) say(words.worksOffline);
}

begin();
