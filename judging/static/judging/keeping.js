// What a judge's device keeps: records in its local storage, each removed when the server has said yes.
//
//   a sheet   {kind: "sheet", work, number, page, base, want: "save" | "submit", values, url, rev, sentRev, save, mine,
//             at, fault?, isHeld: a mark is out of range and is put right first}
//   an op     {kind: "op", work, number, page, url, body, done, at, fault?}
//   a yes     {base, values, from}: what the server last said yes to, and which window had sent it; it lets a page that
//             is older than the last save go on from there
//
// rev rises with every change; a change that is sent gets a key (save) that is sent again with it and with nothing
// else, so that the server knows what it has seen.

export const KEPT_FOR = 72 * 60 * 60 * 1000;
const PREFIX = "laurel.judge.";
const YES = "laurel.judged.";
const MOST_KEYS = 50;

/** Where nothing can be kept (a private window, no room), the page holds it itself for as long as it is open. */
function memory() {
  const held = new Map();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => { held.set(key, text); },
    removeItem: (key) => { held.delete(key); },
    keys: () => [...held.keys()],
  };
}

function device() {
  try {
    localStorage.setItem(`${PREFIX}try`, "1");
    localStorage.removeItem(`${PREFIX}try`);
    return {
      getItem: (key) => localStorage.getItem(key),
      setItem: (key, text) => localStorage.setItem(key, text),
      removeItem: (key) => localStorage.removeItem(key),
      keys: () => Object.keys(localStorage),
    };
  } catch {
    return null;
  }
}

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Box {
  /** user: whose records these are; laurel.js erases them when that person signs out, and nobody else's. */
  constructor(judge, user) {
    this.user = user;
    this.prefix = `${PREFIX}${judge}.`;
    this.yes = `${YES}${judge}.`;
    this.window = uuid().slice(0, 8);
    const store = device();
    this.works = store !== null;
    this.store = store ?? memory();
  }

  #put(key, record) {
    try {
      this.store.setItem(key, JSON.stringify(record));
      return true;
    } catch {
      return false;
    }
  }

  get(key) {
    return JSON.parse(this.store.getItem(key));
  }

  remove(key) {
    this.store.removeItem(key);
  }

  /** All records of this judge, the oldest first. */
  all() {
    const keys = this.store.keys().filter((key) => key.startsWith(this.prefix));
    return keys.map((key) => ({ ...this.get(key), key })).sort((a, b) => a.at - b.at);
  }

  waiting() {
    return this.all().filter((one) => !one.fault && !one.isHeld);
  }

  /** The key of this window's record of a work; what an earlier window left unsent goes on here. */
  adopt(work) {
    const key = `${this.prefix}sheet.${work}.${this.window}`;
    const left = this.all().filter((one) => one.kind === "sheet" && one.work === work);
    const newest = left.at(-1);
    if (newest) {
      const { key: old, ...record } = newest;
      if (this.#put(key, record)) this.remove(old);
    }
    return key;
  }

  /** Keep what stands on the page now. */
  write(key, record) {
    const was = this.get(key);
    const rev = (was?.rev ?? 0) + 1;
    const mine = was?.mine ?? [];
    return this.#put(key, { ...record, user: this.user, rev, mine, at: Date.now() });
  }

  writeOp(op) {
    return this.#put(`${this.prefix}op.${op.body.save}`, { ...op, user: this.user, kind: "op", mine: [], at: Date.now() });
  }

  /** What to send of a record now, with its key; null where it is gone meanwhile. */
  readyToSend({ key }) {
    const record = this.get(key);
    if (!record || record.fault || record.isHeld) return null;
    if (record.kind === "op") return { ...record, key };
    if (record.sentRev !== record.rev) {
      record.save = uuid();
      record.sentRev = record.rev;
      record.mine = [...record.mine, record.save].slice(-MOST_KEYS);
      this.#put(key, record);
    }
    return { ...record, key, body: { base: record.base, save: record.save, values: record.values } };
  }

  /** The server has it. Whether something newer is left to be sent. */
  acknowledge(sent, revision) {
    if (sent.kind === "sheet") this.#remember(sent, revision);
    const record = this.get(sent.key);
    if (!record) return false;
    if (sent.kind === "op" || record.rev === sent.rev) {
      this.remove(sent.key);
      return false;
    }
    this.#put(sent.key, { ...record, base: revision ?? record.base });
    return true;
  }

  #remember(sent, revision) {
    const key = `${this.yes}${sent.work}`;
    if (sent.want === "submit") this.remove(key);
    else this.#put(key, { base: revision, values: sent.values, from: sent.key, user: this.user, at: Date.now() });
  }

  /** What the server last said yes to of a work; null where this device knows of nothing. */
  lastYes(work) {
    return this.get(`${this.yes}${work}`);
  }

  rebase(key, revision) {
    const record = this.get(key);
    if (record) this.#put(key, { ...record, base: revision, sentRev: -1 });
  }

  mark(key, fault) {
    const record = this.get(key);
    if (record) this.#put(key, { ...record, fault });
  }

  /** What the server did not accept. */
  stuck() {
    return this.all().filter((one) => one.fault);
  }

  /** Try once more what was not accepted, but for two versions, between which a person chooses. */
  retry() {
    for (const { key, ...record } of this.stuck()) {
      if (record.fault.theirs) continue;
      delete record.fault;
      this.#put(key, record);
    }
  }

  hasOld(now = Date.now()) {
    return this.all().some((one) => now - one.at > KEPT_FOR);
  }

  /** Erase what was kept for more than three days; whether anything unsent was among it. Only to be called once the
   *  server was reached: what merely waits for a network or a PIN is not thrown away. */
  expire(now = Date.now()) {
    const isOld = (record) => now - record.at > KEPT_FOR;
    for (const key of this.store.keys().filter((one) => one.startsWith(this.yes))) {
      if (isOld(this.get(key))) this.remove(key);
    }
    const old = this.all().filter(isOld);
    for (const one of old) this.remove(one.key);
    return old.length > 0;
  }
}
