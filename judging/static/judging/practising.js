// A page of practice: it keeps nothing on the device, so it says when there is no network, and does not send then.
const notice = document.querySelector("[data-offline]");
const buttons = document.querySelectorAll(".marking-sheet button[type=submit]");

function show() {
  notice.hidden = navigator.onLine;
  for (const one of buttons) one.disabled = !navigator.onLine;
}

addEventListener("online", show);
addEventListener("offline", show);
show();
