"use strict";
document.documentElement.classList.add("js");

// --- the list of findings ---
const form = document.querySelector("form.filter");
if (form) {
  const items = [...document.querySelectorAll("ol.findings > li")];
  const told = document.getElementById("told");
  const filter = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const code = form.elements.code.value;
    const levels = new Set([...form.querySelectorAll("input[name=level]:checked")].map((box) => box.value));
    let shown = 0;
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      const kept = levels.has(item.dataset.level) && (!code || item.dataset.code === code) && words.every((word) => text.includes(word));
      item.hidden = !kept;
      shown += kept;
    }
    told.textContent = `${shown} of ${items.length} shown`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
}

// --- the graphs ---
for (const frame of document.querySelectorAll(".scroll.drawing")) {
  const svg = frame.querySelector("svg");
  const width = svg.viewBox.baseVal.width;
  const height = svg.viewBox.baseVal.height;
  let scale = 1;
  const zoom = (to) => {
    const middle = (frame.scrollLeft + frame.clientWidth / 2) / scale;
    scale = Math.min(3, Math.max(0.15, to));
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    frame.scrollLeft = middle * scale - frame.clientWidth / 2;
  };
  const fit = () => zoom(Math.min(1, frame.clientWidth / width));
  const tools = frame.previousElementSibling;
  tools.querySelector("[data-zoom=in]").addEventListener("click", () => zoom(scale * 1.25));
  tools.querySelector("[data-zoom=out]").addEventListener("click", () => zoom(scale / 1.25));
  tools.querySelector("[data-zoom=fit]").addEventListener("click", fit);
  if (width < frame.clientWidth * 1.4) fit();

  const near = (name) => {
    svg.classList.toggle("asked", Boolean(name));
    const names = new Set([name]);
    for (const edge of svg.querySelectorAll(".key")) {
      const touches = edge.dataset.from === name || edge.dataset.to === name;
      edge.classList.toggle("near", touches);
      if (touches) names.add(edge.dataset.from).add(edge.dataset.to);
    }
    for (const node of svg.querySelectorAll(".node")) node.classList.toggle("near", names.has(node.dataset.name));
  };
  for (const node of svg.querySelectorAll(".node")) {
    for (const begun of ["mouseenter", "focus"]) node.addEventListener(begun, () => near(node.dataset.name));
    for (const ended of ["mouseleave", "blur"]) node.addEventListener(ended, () => near(""));
  }

  let held = null;
  frame.addEventListener("mousedown", (event) => {
    if (event.button === 0 && !event.target.closest("a")) {
      held = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
      event.preventDefault();
      frame.focus();
    }
  });
  addEventListener("mousemove", (event) => {
    if (held) frame.scrollTo(held.x - event.clientX, held.y - event.clientY);
  });
  addEventListener("mouseup", () => { held = null; });
}

// --- the matrices ---
for (const box of document.querySelectorAll("input[data-only]")) {
  const rows = document.querySelectorAll(`#${CSS.escape(box.dataset.only)} tbody tr`);
  box.addEventListener("change", () => {
    for (const row of rows) row.hidden = box.checked && !row.querySelector(".gone");
  });
}

// --- copying ---
if (navigator.clipboard) {
  for (const block of document.querySelectorAll("pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    block.before(button);
  }
}

// --- links into what is folded ---
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
};
addEventListener("hashchange", unfold);
unfold();
