// Checks the signed code of a certificate with the keys that the page carries. It asks nothing of any server.
// The same rules: verify/laurel_check.py. No module, so that a saved page runs from the disk.
"use strict";
(() => {
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const [TOKEN, STATEMENT, LENGTH] = [26, 71, 174];
  const FIELDS = {token: 26, form: 1, key: 4, kind: 1, of: 8, date: 3, serial: 4, honour: 8, names: 16};
  const DAYS_GOOD = 30;
  const form = document.getElementById("offline");
  const bytes = (text) => new TextEncoder().encode(text);
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));

  function base32(data, length) {
    let text = "", value = 0, bits = 0;
    for (const byte of data) {
      value = (value << 8) | byte;
      for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 31];
      value &= (1 << bits) - 1;
    }
    return (bits ? text + ALPHABET[(value << (5 - bits)) & 31] : text).slice(0, length);
  }

  function fromBase32(text) {
    const data = [];
    let value = 0, bits = 0;
    for (const letter of text) {
      value = (value << 5) | ALPHABET.indexOf(letter);
      bits += 5;
      if (bits >= 8) { bits -= 8; data.push((value >> bits) & 255); value &= (1 << bits) - 1; }
    }
    return Uint8Array.from(data);
  }

  const digest = async (words, length) => base32(new Uint8Array(await crypto.subtle.digest("SHA-256", words)), length);
  const plain = (words) => words.normalize("NFKC").replace(/[\p{Z}\p{Cc}\p{Cf}\p{P}]/gu, "").toLowerCase();
  const number = (letters) => [...letters].reduce((value, letter) => value * 32 + ALPHABET.indexOf(letter), 0);

  async function verified(key, message, signature) {
    const read = await crypto.subtle.importKey("raw", fromHex(key.public), {name: "Ed25519"}, false, ["verify"]);
    return crypto.subtle.verify({name: "Ed25519"}, read, signature, message);
  }

  // Whether this browser can: on a signature that RFC 8032 gives
  async function able() {
    const known = {public: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"};
    const signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    try { return await verified(known, new Uint8Array(), fromHex(signature)); } catch { return false; }
  }

  // The keys by what they are, not by what the page or list calls them
  async function named(keys) {
    const pairs = await Promise.all(keys.map(async (key) => [await digest(fromHex(key.public), 4), key]));
    return new Map(pairs);
  }

  async function readList(file, keys) {
    let outer, list;
    try {
      outer = JSON.parse(await file.text());
      list = JSON.parse(outer.list);
      if (list.format !== "laurel-certificates" || list.version !== 1 || Number.isNaN(Date.parse(list.made_at))) throw 0;
    } catch { return {fault: "list-unreadable"}; }
    const signer = keys.get(outer.key);
    const is = signer && signer.state !== "withdrawn"
      && await verified(signer, bytes("Laurel list\n" + outer.list), fromHex(String(outer.signature)));
    return is ? {list} : {fault: "list-forged"};
  }

  function fieldsOf(code) {
    let at = 0;
    return Object.fromEntries(Object.entries(FIELDS).map(([name, length]) => [name, code.slice(at, at += length)]));
  }

  async function check(text, file, names) {
    if (!await able()) return {answer: "no-browser"};
    const code = text.trim().toUpperCase().split("/").pop().replace(/[\s-]/g, "");
    const isCode = [...code].every((letter) => ALPHABET.includes(letter));
    if (isCode && code.length === TOKEN) return {answer: "unsigned"};
    if (!isCode || code.length !== LENGTH) return {answer: "incomplete"};
    let keys = await named(JSON.parse(form.dataset.keys));
    let list = null;
    if (file) {
      const read = await readList(file, keys);
      if (read.fault) return {answer: read.fault};
      list = read.list;
      keys = new Map([...keys, ...await named(list.keys)]); // signed by a key of this page: what it says of keys is newer
    }
    const said = fieldsOf(code);
    const key = keys.get(said.key);
    if (!key) return {answer: "forged"};
    const signature = fromBase32(code.slice(STATEMENT)).slice(0, 64);
    const isSigned = said.form === "A" && base32(signature, LENGTH - STATEMENT) === code.slice(STATEMENT)
      && await verified(key, bytes("Laurel certificate\n" + code.slice(0, STATEMENT)), signature);
    if (!isSigned) return {answer: "changed"};
    const known = list && list.issued.find((one) => one.of === said.of);
    const found = {said, known, list};
    if (plain(names)) {
      const typed = await digest(bytes(`names\n${said.token}\n${plain(names)}`), 16);
      found.names = typed === said.names ? "match" : "differ";
    }
    return {...found, answer: key.state === "withdrawn" ? "withdrawn" : await stateOf(said, known, list)};
  }

  async function stateOf(said, known, list) {
    if (!list) return "no-list";
    const id = await digest(bytes(`revoked\n${said.token}`), 26);
    const gone = list.gone.find(([one]) => one === id);
    if (gone) return gone[1];
    const days = (Date.now() - Date.parse(list.made_at.slice(0, 10))) / 86400000;
    return !known || number(said.serial) > known.last || days >= DAYS_GOOD + 1 ? "list-old" : "valid";
  }

  function show({answer, names, said, known, list}) {
    const first = answer === "valid" && names === "differ" ? "" : answer; // nobody stops reading at the good half
    for (const one of document.querySelectorAll("[data-answer]")) one.hidden = one.dataset.answer !== first;
    for (const one of document.querySelectorAll("[data-names]")) one.hidden = one.dataset.names !== names;
    document.getElementById("facts").hidden = !said;
    if (!said) return;
    const label = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    const honour = known && known.honours.find((one) => one.code === said.honour);
    const serial = String(number(said.serial)).padStart(4, "0");
    const day = new Date(Date.UTC(2000, 0, 1 + number(said.date))).toISOString().slice(0, 10);
    const kind = document.querySelector('[data-fact="kind"]').dataset[said.kind.toLowerCase()];
    const facts = {of: known && known[label], number: known ? known.number.replace("{serial}", serial) : `… ${serial}`,
      honour: honour && honour[label], kind, date: day, list: list && list.made_at.slice(0, 10)};
    for (const [name, value] of Object.entries(facts)) {
      document.querySelector(`[data-fact="${name}"]`).textContent = value || "—";
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = document.getElementById("list").files[0];
    try { show(await check(document.getElementById("code").value, file, document.getElementById("names").value)); }
    catch { show({answer: "list-unreadable"}); }
    document.getElementById("answers").scrollIntoView({block: "nearest"});
  });
})();
