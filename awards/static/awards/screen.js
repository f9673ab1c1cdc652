// The screen of the hall: one slide at a time, by keys, clicks and taps. The page has all slides: nothing is asked of
// any server. The address keeps the slide, so that a page loaded again stays where it was.
const slides = [...document.querySelectorAll(".slide")];
const black = document.getElementById("black");
const QUIET = 3000; // milliseconds until the pointer goes away
let now = 0;
let stillness = 0;

function show(at) {
  now = Math.max(0, Math.min(slides.length - 1, at));
  for (const [place, slide] of slides.entries()) slide.classList.toggle("is-now", place === now);
  slides[now].scrollTop = 0;
  slides[now].focus({preventScroll: true});
  history.replaceState(null, "", `#${slides[now].id}`);
}

function asked() {
  const at = slides.findIndex((slide) => `#${slide.id}` === location.hash);
  return at < 0 ? 0 : at;
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

const turn = {next: () => show(now + 1), back: () => show(now - 1), first: () => show(0), last: () => show(slides.length - 1)};
const KEYS = {
  ArrowRight: turn.next, ArrowDown: turn.next, PageDown: turn.next, " ": turn.next, Enter: turn.next,
  ArrowLeft: turn.back, ArrowUp: turn.back, PageUp: turn.back, Backspace: turn.back,
  Home: turn.first, End: turn.last, f: fill,
};

function light() {
  const was = black.hidden;
  black.hidden = true;
  return !was;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.key === "Enter" && event.target.closest("a")) return;
  if (key === "b" || key === ".") {
    event.preventDefault();
    black.hidden = !black.hidden;
  } else if (KEYS[key]) {
    event.preventDefault();
    // The first key after the black brings the same slide back: nobody is skipped unseen.
    if (key === "f" || !light()) KEYS[key]();
  }
});

addEventListener("click", (event) => {
  if (event.target.closest("a") || String(getSelection())) return;
  if (light()) return;
  if (event.clientX < innerWidth / 4) turn.back();
  else turn.next();
});

addEventListener("hashchange", () => show(asked()));

addEventListener("pointermove", () => {
  document.body.classList.remove("is-still");
  clearTimeout(stillness);
  stillness = setTimeout(() => document.body.classList.add("is-still"), QUIET);
});

// The computer does not dim the hall's picture during a speech.
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // Not allowed here: the computer's own setting decides.
  }
}

document.addEventListener("visibilitychange", stayAwake);
document.body.classList.add("is-shown");
show(asked());
stayAwake();
