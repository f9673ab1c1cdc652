// How a judge's page speaks with the server: JSON there and back, and the PIN where the session has ended meanwhile.

const isJson = (response) => (response.headers.get("Content-Type") || "").startsWith("application/json");

function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** {status, body}; throws where there is no network. */
export async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
  });
  // a page that a hall's network puts in between is no answer of ours
  if (response.redirected || !isJson(response)) return { status: response.status < 400 ? 503 : response.status, body: {} };
  return { status: response.status, body: await response.json().catch(() => ({})) };
}

/** The dialog of templates/judging/_desk.html. "Later" puts it off until the judge has signed in elsewhere. */
export class Pin {
  isPutOff = false;

  /** words: of the desk; goOn: what to do once the judge is signed in again. */
  constructor(words, goOn) {
    this.dialog = document.getElementById("desk-pin");
    this.dialog.addEventListener("click", (event) => {
      if (!event.target.closest("[data-later]")) return;
      this.isPutOff = true;
      this.dialog.close();
    });
    this.dialog.querySelector("[data-pin]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(words, goOn);
    });
  }

  ask() {
    if (!this.isPutOff && !this.dialog.open) this.dialog.showModal();
  }

  async #send(words, goOn) {
    const said = this.dialog.querySelector("[data-pin-fault]");
    const field = this.dialog.querySelector("input");
    try {
      const answer = await post(words.signIn, { pin: field.value });
      if (answer.status < 300) {
        field.value = "";
        this.dialog.close();
        this.isPutOff = false;
        goOn();
        return;
      }
      said.textContent = answer.body.message || words.refused;
    } catch {
      said.textContent = words.offline;
    }
    said.hidden = false;
  }
}
