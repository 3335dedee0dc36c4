"use strict";
// Buttons that copy what they name. Without scripts there are none, and the addresses can be
// selected like any text.
const said = document.getElementById("copied");

async function copy(button) {
  const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom).textContent;
  let done = true;
  try {
    await navigator.clipboard.writeText(text); // absent where a page came over plain HTTP
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    done = document.execCommand("copy");
    field.remove();
    button.focus();
  }
  said.textContent = "";
  // a reader that reads aloud tells only what changes
  setTimeout(() => { said.textContent = done ? `${said.dataset.done}: ${text}` : said.dataset.failed; }, 50);
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
