// The form of an entry: a spinner-free sign that typing is saved, and files that survive a bad line.
//
//   [data-autosave]   htmx sends it at every change; leaving the page while a save is under way asks first
//   [data-upload]     a file goes up in pieces; after a break it goes on where it stopped
//
//   [data-most]       says below the text how many of its characters are taken
//
// Without this file the same forms work as plain ones.

let underWay = 0;
document.addEventListener("htmx:beforeRequest", () => { underWay += 1; });
document.addEventListener("htmx:afterRequest", () => { underWay = Math.max(underWay - 1, 0); });
addEventListener("beforeunload", (event) => { if (underWay) event.preventDefault(); });

for (const field of document.querySelectorAll("textarea[data-most]")) {
  const count = Object.assign(document.createElement("output"), { className: "soft", htmlFor: field.id });
  const tell = () => { count.textContent = `${[...field.value.trim().replaceAll("\r\n", "\n")].length} / ${field.dataset.most}`; };
  field.after(count);
  field.addEventListener("input", tell);
  tell();
}

const PIECE = 1024 * 1024;
const PAUSES = [500, 1000, 2000, 5000, 10000, 20000];
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(body.message || response.statusText), { isFinal: response.status < 500, body });
  return body;
}

async function send(form, file, bar) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
  const named = JSON.stringify({ name: file.name, size: file.size, sha256: await sha256(file) });
  const { url } = await ask(form.dataset.promise, { method: "POST", headers, body: named });
  let { received, is_kept: isKept } = await ask(url, { method: "GET" });
  for (let tries = 0; !isKept;) {
    try {
      const piece = file.slice(received, received + PIECE);
      const said = await ask(url, {
        method: "PATCH",
        headers: { "X-CSRFToken": token, "Content-Type": "application/octet-stream", "Upload-Offset": String(received) },
        body: piece,
      });
      const isAhead = said.received > received;
      ({ received, is_kept: isKept } = said);
      if (isAhead || isKept) tries = 0;
      else await wait(PAUSES[Math.min(tries++, PAUSES.length - 1)]);  // another window looks into it
    } catch (fault) {
      if (fault.isFinal && fault.body?.received === undefined) throw fault;
      if (tries >= PAUSES.length) throw fault;
      await wait(PAUSES[tries]);
      tries += 1;
      received = (await ask(url, { method: "GET" }).catch(() => ({ received }))).received;
    }
    bar.value = (100 * received) / file.size;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-upload]") || !form.dataset.promise || !window.crypto?.subtle) return;
  const file = form.querySelector("input[type=file]").files[0];
  if (!file) return;
  event.preventDefault();
  const bar = form.querySelector("progress");
  const button = form.querySelector("button");
  bar.hidden = false;
  button.disabled = true;
  underWay += 1;
  try {
    await send(form, file, bar);
    underWay = 0;
    location.reload();
  } catch (fault) {
    underWay = 0;
    button.disabled = false;
    bar.hidden = true;
    const said = form.querySelector("[role=alert]") || form.appendChild(Object.assign(document.createElement("p"), { className: "field-error" }));
    said.setAttribute("role", "alert");
    said.textContent = fault.message;
    said.scrollIntoView({ block: "center" });
  }
});
