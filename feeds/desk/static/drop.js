"use strict";
// Files that are dropped anywhere on the page get into its form; nothing is sent before somebody says so.
const form = document.querySelector("form[data-drop]");
const input = form.querySelector("input[type=file]");

function hasFiles(event) {
  return [...event.dataTransfer.types].includes("Files");
}

addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form.classList.remove("over");
  input.files = event.dataTransfer.files;
  form.scrollIntoView({ block: "center" });
  form.querySelector("button").focus();
});
