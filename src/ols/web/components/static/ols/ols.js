// Enhancement only: every page works with scripts off.
(() => {
  "use strict";
  const live = document.getElementById("live");
  const say = (text) => { if (live && text) live.textContent = text; };

  // A second click on a button that is already sending does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    const release = () => { delete form.dataset.sent; event.submitter?.removeAttribute("aria-disabled"); };
    setTimeout(release, 8000);
    addEventListener("pageshow", release, { once: true });
  });

  document.addEventListener("click", async (event) => {
    const target = event.target.closest?.("[data-copy], [data-print], [data-choose]");
    if (!target) return;
    if (target.hasAttribute("data-print")) { print(); return; }
    if (target.hasAttribute("data-choose")) { target.closest(".upload").querySelector("input").click(); return; }
    try {
      await navigator.clipboard.writeText(target.dataset.copy);
      say(target.dataset.said);
    } catch { say(target.dataset.failed); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });

  // Controls that need scripts are hidden until here; printing opens what is folded.
  const prepare = (root) => {
    root.querySelectorAll("[data-script][hidden]").forEach((item) => { item.hidden = false; });
    root.querySelector("[data-focus]")?.focus();
  };
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((item) => { item.open = true; }));
  // How far a file is on its way; one that did not arrive is said beside its button.
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.("[data-upload]");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.firstElementChild.value = 100 * event.detail.loaded / event.detail.total;
  });
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(kind, (event) => {
      const failed = event.target.querySelector?.("[data-upload-failed]");
      if (!failed) return;
      failed.hidden = false;
      event.target.querySelector("[data-upload]").hidden = true;
    });
  }
  // What could not be sent is said where the answer would have been.
  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => { if (event.target.dataset.failed) event.target.textContent = event.target.dataset.failed; });
  }
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
  prepare(document);

  // A usual set of ticks is set here at once; without scripts the server does it.
  document.addEventListener("click", (event) => {
    const preset = event.target.closest?.("[data-ticks]");
    if (!preset) return;
    event.preventDefault();
    const wanted = preset.dataset.ticks.split(" ");
    preset.form.querySelectorAll("input[name=roles]").forEach((tick) => { tick.checked = wanted.includes(tick.value); });
    say(preset.textContent);
  });

  document.addEventListener("change", (event) => {
    const name = event.target.closest?.(".upload")?.querySelector("[data-file-name]");
    if (name) name.textContent = [...event.target.files].map((file) => file.name).join(", ") || name.dataset.none;
  });

  // "Near me": the browser asks the person first; the point goes to our server once, in the body of a request.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("[data-near]");
    if (!form || form.elements.latitude.value) return;
    event.preventDefault();
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(2);
      form.elements.longitude.value = coords.longitude.toFixed(2);
      form.submit();
    }, () => {
      delete form.dataset.sent;
      event.submitter?.removeAttribute("aria-disabled");
      form.querySelector("[data-said]").textContent = form.dataset.failed;
      say(form.dataset.failed);
    }, { maximumAge: 600000, timeout: 10000 });
  });

  // A password can be looked at; how strong a new one is, is told in words.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-show-password]");
    if (!button) return;
    const input = document.getElementById(button.dataset.showPassword);
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
    const label = button.firstElementChild;
    [label.textContent, button.dataset.other] = [button.dataset.other, label.textContent];
  });
  document.addEventListener("input", (event) => {
    const told = event.target.id && document.querySelector(`[data-strength="${event.target.id}"]`);
    if (!told) return;
    const letters = [...event.target.value];
    const words = new Set(letters).size < 6 ? "dull" : letters.length < 16 ? "fair" : letters.length < 24 ? "good" : "best";
    told.textContent = letters.length ? told.dataset[letters.length < 12 ? "short" : words] : "";
  });
  // A password that stays readable would be kept among the texts the browser offers later.
  document.addEventListener("submit", (event) => event.target.querySelectorAll("[data-show-password][aria-pressed=true]").forEach((button) => { document.getElementById(button.dataset.showPassword).type = "password"; }));

  // Five minutes before the session ends a dialog offers to go on; asking the server for anything extends it.
  const ending = document.getElementById("session-ending");
  if (ending) {
    let timer;
    const arm = () => { clearTimeout(timer); timer = setTimeout(() => ending.showModal(), (ending.dataset.seconds - 300) * 1000); };
    ending.addEventListener("close", () => fetch(location.href, { method: "HEAD" }).then(arm));
    document.addEventListener("htmx:afterRequest", arm);
    arm();
  }

  // Rows of a grid are narrowed as one types, so that nothing typed into it is lost; without scripts the server does it.
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l");
  const narrow = (form) => document.getElementById(`${form.dataset.narrows}-caption`)?.closest("table").querySelectorAll("tbody tr").forEach((row) => { row.hidden = !plain(row.dataset.text).includes(plain(form.elements.q.value.trim())); });
  document.addEventListener("input", (event) => { const form = event.target.closest?.("[data-narrows]"); if (form && event.target.name === "q") narrow(form); });

  // A file dropped on the frame is a file chosen by the button inside it.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.(".upload");
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind !== "drop") return;
      const input = zone.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
})();
