"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const at = (id) => document.getElementById(id);
  const cards = all(".card");
  const passages = all(".passage"); // the places of a card; each is one finding
  const hits = all(".hit");
  let last = null; // the passage last looked at

  // Language and theme.
  const speak = () => {
    root.dataset.lang = root.lang = root.dataset.lang === "zh" ? "en" : "zh";
  };
  at("language").addEventListener("click", speak);
  at("theme").addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  at("print").addEventListener("click", () => print());

  // Filters: no button pressed in a group means all of it.
  const chips = all(".filters button");
  const chosen = (key) =>
    new Set(chips.filter((chip) => chip.dataset[key] && chip.ariaPressed === "true").map((chip) => chip.dataset[key]));
  const filter = () => {
    const topics = chosen("topic");
    const severities = chosen("severity");
    const hidden = new Set();
    for (const item of passages) {
      const { topic, severity, n } = item.dataset;
      item.hidden = (topics.size > 0 && !topics.has(topic)) || (severities.size > 0 && !severities.has(severity));
      if (item.hidden) hidden.add(n);
    }
    for (const item of cards) item.hidden = !item.querySelector(".passage:not([hidden])");
    for (const group of all(".group")) group.hidden = !group.querySelector(".card:not([hidden])");
    for (const hit of hits) hit.classList.toggle("off", hit.dataset.f.split(" ").every((n) => hidden.has(n)));
    at("shown").textContent = String(passages.length - hidden.size);
    at("none").hidden = hidden.size < passages.length;
  };
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.ariaPressed = String(chip.ariaPressed !== "true");
      filter();
    });
  }

  // From a finding to the words it quotes, and from the words to the findings that quote them.
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const show = (element) => element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "instant" });
  const light = (number) => {
    for (const element of all(".lit")) element.classList.remove("lit");
    for (const hit of hits) if (hit.dataset.f.split(" ").includes(number)) hit.classList.add("lit");
    const item = at("f" + number);
    item?.classList.add("lit");
    return item;
  };
  const toFinding = (number) => {
    const item = light(number);
    if (!item) return;
    if (item.hidden) {
      for (const chip of chips) chip.ariaPressed = "false";
      filter();
    }
    last = item;
    item.focus({ preventScroll: true });
    show(item);
  };
  const toText = (item) => {
    const target = at("e" + item.dataset.n + "-0");
    if (!target) return;
    last = item;
    light(item.dataset.n);
    const hit = target.parentElement.querySelector(`#${target.id} ~ .hit`);
    show(hit ?? target);
    hit?.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.classList.contains("hit")) {
      const numbers = link.dataset.f.split(" ");
      const next = link.classList.contains("lit") && last ? numbers.indexOf(last.dataset.n) + 1 : 0;
      event.preventDefault();
      toFinding(numbers[next % numbers.length]);
    } else if (link?.classList.contains("cite")) {
      event.preventDefault();
      toFinding(link.dataset.f);
    } else if (link?.classList.contains("to-text") || (!link && event.target.closest(".passage blockquote"))) {
      event.preventDefault();
      if (link || getSelection().isCollapsed) toText(event.target.closest(".passage"));
    }
  });

  // Keys work while the reader is among the findings or in the contract, or nowhere in particular.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = document.activeElement;
    if (focus !== document.body && !focus.closest("#review, .top")) return;
    const visible = passages.filter((item) => !item.hidden);
    const here = visible.indexOf(focus.closest(".passage") ?? last);
    const key = event.key.toLowerCase();
    if (key === "j" && visible.length) toFinding(visible[Math.min(here + 1, visible.length - 1)].dataset.n);
    else if (key === "k" && visible.length) toFinding(visible[Math.max(here - 1, 0)].dataset.n);
    else if (key === "enter" && focus.classList.contains("passage")) toText(focus);
    else if (key === "escape" && last) toFinding(last.dataset.n);
    else if (key === "l") speak();
    else return;
    event.preventDefault();
  });
})();
