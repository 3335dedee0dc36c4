"use strict";
// Lights up the line that a value comes from while it is pointed at or being edited.
let lit = null;

function light(number) {
  if (lit) lit.classList.remove("lit");
  lit = number ? document.getElementById(`L${number}`) : null;
  if (!lit) return;
  lit.classList.add("lit");
  const list = lit.parentElement;
  list.scrollTop = lit.offsetTop - list.offsetTop - list.clientHeight / 3;
}

function lineOf(element) {
  const within = element.closest(".field, dd, li");
  const link = element.dataset.line ? element : within && within.querySelector("[data-line]");
  return link ? link.dataset.line : 0;
}

for (const element of document.querySelectorAll("[data-line], .field input, .field textarea")) {
  element.addEventListener("focus", () => light(lineOf(element)));
  element.addEventListener("mouseenter", () => light(lineOf(element)));
}
for (const link of document.querySelectorAll("a[data-line]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    light(link.dataset.line);
  });
}
