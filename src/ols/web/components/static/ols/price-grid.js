// The grid of prices as a spreadsheet. Without this file the page is a plain form that works.
(() => {
  "use strict";
  const form = document.getElementById("prices-form");
  const words = form.dataset, live = document.getElementById("live"), state = document.getElementById("grid-state");
  const skipped = document.getElementById("grid-skipped"), first = form.elements.valid_from;
  const inputs = [...form.querySelectorAll("tbody input")], rows = inputs.map((input) => input.closest("tr"));
  const place = new Map(inputs.map((input, i) => [input, i])), byId = new Map(inputs.map((input, i) => [input.name.slice(6), i]));
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ł/gi, "l").toLowerCase().replace(/\s+/g, " ").trim();
  const codes = rows.map((row) => plain(row.cells[0].textContent)), names = rows.map((row) => plain(row.cells[1].textContent));
  const byCode = new Map(codes.map((code, i) => [code, i])), byName = new Map(names.map((name, i) => [name, i]));
  // What each field held when its last change was noted; what the server has made of what it was sent.
  const noted = inputs.map((input) => input.value), told = new Map();
  const say = (text) => { live.textContent = text; };
  const shown = (i) => i >= 0 && i < rows.length && !rows[i].hidden;
  const next = (i, step) => { do { i += step; } while (i >= 0 && i < rows.length && rows[i].hidden); return i; };

  // Changes and their undoing: a step is a list of [row, before, after].
  const past = [], future = [];
  const note = (step) => { if (step.length) { past.push(step); future.length = 0; } };
  const commit = (i) => {
    if (inputs[i].value === noted[i]) return;
    note([[i, noted[i], inputs[i].value]]);
    noted[i] = inputs[i].value;
  };
  const put = (i, value) => { inputs[i].value = noted[i] = value; told.delete(i); dirty.add(i); };
  const change = (pairs) => {
    pairs.forEach(([i]) => commit(i));
    const step = pairs.filter(([i, value]) => inputs[i].value !== value).map(([i, value]) => [i, inputs[i].value, value]);
    step.forEach(([i, , value]) => put(i, value));
    note(step);
    soon();
    return step.length;
  };
  const travel = (from, to, side) => {
    if (place.has(document.activeElement)) commit(place.get(document.activeElement));
    const step = from.pop();
    if (!step) return;
    to.push(step);
    step.forEach((one) => put(one[0], one[side]));
    go(step[0][0]);
    say(`${side === 1 ? words.undone : words.redone} ${step.length}`);
    soon();
  };
  const undo = () => travel(past, future, 1), redo = () => travel(future, past, 2);

  // One field is active; shift makes a range from it.
  let active = 0, end = -1, marked = [], editing = false;
  const range = () => {
    if (end < 0) return [active];
    const [from, to] = active < end ? [active, end] : [end, active];
    return inputs.map((_, i) => i).filter((i) => i >= from && i <= to && shown(i));
  };
  const extend = (i) => {
    end = i;
    marked.forEach((one) => rows[one].classList.remove("chosen"));
    marked = i < 0 ? [] : range();
    marked.forEach((one) => rows[one].classList.add("chosen"));
    if (i < 0) return;
    rows[i].scrollIntoView({ block: "nearest" });
    say(`${words.chosen} ${marked.length}`);
  };
  const go = (i) => {
    if (i < 0 || i >= rows.length) return;
    if (rows[i].hidden) { form.elements.q.value = form.elements.show.value = ""; filter(); }
    extend(-1);
    inputs[i].focus();
    inputs[i].select();
  };
  const fill = (above) => {
    let chosen = range();
    if (chosen.length < 2 && above) chosen = [next(active, -1), active];
    else if (chosen.length < 2) for (let i = next(active, 1); shown(i) && !inputs[i].value; i = next(i, 1)) chosen.push(i);
    if (!shown(chosen[0])) return;
    const value = inputs[chosen[0]].value;
    say(`${words.filled} ${change(chosen.slice(1).map((i) => [i, value]))}`);
  };

  const keys = {
    Enter: (i, event) => { commit(i); const to = next(i, event.shiftKey ? -1 : 1); if (shown(to)) go(to); },
    ArrowDown: (i, event) => walk(i, 1, event.shiftKey),
    ArrowUp: (i, event) => walk(i, -1, event.shiftKey),
    PageDown: (i, event) => walk(i, 10, event.shiftKey),
    PageUp: (i, event) => walk(i, -10, event.shiftKey),
    Home: (i, event) => (editing && !event.ctrlKey ? false : walk(i, -rows.length, event.shiftKey)),
    End: (i, event) => (editing && !event.ctrlKey ? false : walk(i, rows.length, event.shiftKey)),
    F2: (i) => { editing = true; inputs[i].setSelectionRange(inputs[i].value.length, inputs[i].value.length); },
    Escape: (i) => { if (end < 0) { inputs[i].value = noted[i]; editing = false; inputs[i].select(); dirty.add(i); soon(); } extend(-1); },
    Delete: () => (marked.length > 1 ? void change(marked.map((i) => [i, ""])) : false),
    z: (i, event) => (event.shiftKey ? redo() : undo()),
    y: redo,
    d: () => fill(true),
    a: () => { if (editing) return false; active = next(-1, 1); extend(next(rows.length, -1)); return true; },
  };
  const walk = (i, count, stretch) => {
    let to = stretch && end >= 0 ? end : i;
    for (let left = Math.abs(count), found = to; left; left--) { found = next(found, Math.sign(count)); if (!shown(found)) break; to = found; }
    if (stretch) extend(to); else { commit(i); go(to); }
  };
  const table = form.querySelector("tbody");
  table.addEventListener("keydown", (event) => {
    const i = place.get(event.target), ctrl = event.ctrlKey || event.metaKey;
    if (i === undefined || event.isComposing || event.altKey) return;
    const key = event.key.length === 1 ? (ctrl ? event.key.toLowerCase() : "") : event.key;
    if (!keys[key] || keys[key](i, event) === false) return;
    event.preventDefault();
    event.stopPropagation();
  });
  let entered = null;
  table.addEventListener("pointerdown", (event) => {
    const i = place.get(event.target);
    if (i === undefined) return;
    if (event.shiftKey) { event.preventDefault(); extend(i); return; }
    entered = document.activeElement === event.target ? null : event.target;
    editing = !entered;
    extend(-1);
  });
  table.addEventListener("click", (event) => { if (event.target === entered) entered.select(); entered = null; });
  table.addEventListener("dblclick", () => { editing = true; });
  table.addEventListener("focusin", (event) => {
    if (!place.has(event.target)) return;
    active = place.get(event.target);
    editing = false;
    if (!entered) event.target.select();
  });
  table.addEventListener("focusout", (event) => {
    const i = place.get(event.target);
    if (i === undefined) return;
    commit(i);
    settle(i);
  });
  table.addEventListener("input", (event) => {
    const i = place.get(event.target);
    editing = true;
    told.delete(i);
    dirty.add(i);
    soon();
  });
  for (const kind of ["copy", "cut"]) {
    table.addEventListener(kind, (event) => {
      if (marked.length < 2) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", marked.map((i) => inputs[i].value).join("\r\n"));
      if (kind === "cut") change(marked.map((i) => [i, ""]));
    });
  }

  // A block of cells: prices for the rows from here on, or rows found by their code or name.
  const cells = (text) => {
    const block = [[""]];
    const add = (sign) => { block.at(-1)[block.at(-1).length - 1] += sign; };
    for (let i = 0, quoted = false; i < text.length; i++) {
      const sign = text[i];
      if (quoted) { if (sign !== '"') add(sign); else if (text[i + 1] === '"') { add(sign); i++; } else quoted = false; }
      else if (sign === '"' && block.at(-1).at(-1) === "") quoted = true;
      else if (sign === "\t") block.at(-1).push("");
      else if (sign === "\n") block.push([""]);
      else if (sign !== "\r") add(sign);
    }
    return block.filter((line, i) => i < block.length - 1 || line.length > 1 || line[0]).map((line) => line.map((cell) => cell.trim()));
  };
  const downwards = (block, missed) => {
    const chosen = range();
    if (block.length === 1) return chosen.map((i) => [i, block[0][0]]);
    const pairs = [];
    let i = chosen[0];
    for (const [price] of block) { if (shown(i)) pairs.push([i, price]); else missed.push(price); i = next(i, 1); }
    return pairs;
  };
  const byKey = (block, missed) => {
    const title = block[0].findLastIndex((cell) => /cena|price/i.test(cell)), lines = title < 0 ? block : block.slice(1);
    const found = (cell) => byCode.get(plain(cell)) ?? byName.get(plain(cell));
    const hits = (column) => lines.filter((line) => found(line[column] ?? "") !== undefined).length;
    const width = Math.max(...block.map((line) => line.length));
    const column = [...Array(width).keys()].reduce((best, one) => (hits(one) > hits(best) ? one : best), 0);
    const taken = new Map();
    for (const line of lines) {
      const key = line[column] ?? "", i = found(key), price = line[title < 0 ? line.length - 1 : title] ?? "";
      if (i === undefined) { if (line.some(Boolean)) missed.push(`${key} (${words.unknown})`); }
      else if (taken.has(i)) missed.push(`${key} ${price} (${words.twice})`);
      else taken.set(i, price);
    }
    return [...taken];
  };
  table.addEventListener("paste", (event) => {
    if (!place.has(event.target)) return;
    const block = cells(event.clipboardData.getData("text/plain")), wide = block.some((line) => line.length > 1);
    if (!block.length || (block.length < 2 && !wide && marked.length < 2)) return;
    event.preventDefault();
    const missed = [], pairs = (wide ? byKey : downwards)(block, missed);
    change(pairs);
    pasted += pairs.length;
    skipped.hidden = !missed.length;
    skipped.lastElementChild.textContent = `${words.missed} ${missed.slice(0, 30).join("; ")}${missed.length > 30 ? " …" : ""}`;
    soon(0);
  });

  // Saving: changed rows only, again and again until the server has them.
  const dirty = new Set(), disputed = new Set();
  let timer = 0, busy = false, pause = 0, stopped = false, leaving = false, pasted = 0, fresh = false;
  const soon = (wait = 500) => {
    if (stopped) return;
    if (dirty.size && !pause && state.textContent !== words.saving) state.textContent = words.saving;
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  const save = async () => {
    if (busy || stopped || !dirty.size) return;
    busy = true;
    const sent = new Map([...dirty].map((i) => [i, i === "start" ? first.value : inputs[i].value])), count = pasted;
    dirty.clear();
    pasted = 0;
    try {
      const body = new URLSearchParams();
      for (const name of ["csrfmiddlewaretoken", "acting_for", "tab", "seen"]) if (form.elements[name]) body.set(name, form.elements[name].value);
      if (count) body.set("pasted", count);
      sent.forEach((value, i) => body.set(i === "start" ? "valid_from" : inputs[i].name, value));
      const answer = await fetch(words.save, { method: "POST", body, redirect: "manual" });
      if (answer.type === "opaqueredirect") throw words.login;
      if (answer.status === 403) { await renew(); throw words.failed; }
      const found = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
      if (answer.status === 409) { stopped = true; throw found.refusal ?? words.stopped; }
      if (!answer.ok) throw words.failed;
      [pause, fresh] = [0, false];
      absorb(found, sent);
    } catch (problem) {
      sent.forEach((_, i) => dirty.add(i));
      pasted += count;
      pause = fresh ? 0.1 : Math.min(pause * 2 || 2, 30);
      fresh = false;
      state.textContent = typeof problem === "string" ? problem : words.failed;
      if (problem === words.login) state.append(" ", Object.assign(document.createElement("a"), { href: words.loginUrl, target: "_blank", textContent: words.loginLink }));
      if (document.body.dataset.told !== state.textContent) say(state.textContent);
      document.body.dataset.told = state.textContent;
    }
    busy = false;
    if (dirty.size) soon(pause * 1000 || 500);
  };
  // After logging in again the old page's token no longer counts.
  const renew = async () => {
    if (document.body.dataset.renewed) return;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const token = page.querySelector("#prices-form [name=csrfmiddlewaretoken]");
    if (!token) throw words.login;
    form.elements.csrfmiddlewaretoken.value = token.value;
    document.body.dataset.renewed = fresh = true;
  };
  const settle = (i) => {
    if (!told.has(i) || dirty.has(i) || disputed.has(i) || (document.activeElement === inputs[i] && document.hasFocus())) return;
    inputs[i].value = noted[i] = told.get(i);
    told.delete(i);
  };
  const remark = (i, row) => {
    const kinds = row.kind.split(" ");
    rows[i].className = row.kind;
    rows[i].classList.toggle("chosen", marked.includes(i));
    inputs[i].toggleAttribute("aria-invalid", false);
    if (kinds.includes("bad")) inputs[i].setAttribute("aria-invalid", "true");
    rows[i].lastElementChild.replaceChildren(...row.remarks.map(([kind, text]) => Object.assign(document.createElement("span"), { className: kind, textContent: text })));
  };
  const choose = (i, row) => {
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "btn secondary small", textContent: text });
      made.addEventListener("click", () => { disputed.delete(i); act(); dirty.add(i); go(i); soon(0); });
      return made;
    };
    disputed.add(i);
    rows[i].lastElementChild.append(button(words.mine, () => {}), button(`${words.theirs} ${row.theirs}`, () => change([[i, row.theirs]])));
  };
  const absorb = (answer, sent) => {
    form.elements.seen.value = answer.version;
    delete document.body.dataset.told;
    delete document.body.dataset.renewed;
    for (const [id, row] of Object.entries(answer.rows)) {
      const i = byId.get(id);
      if (i === undefined || (dirty.has(i) && !sent.has(i))) continue;
      remark(i, row);
      if (row.theirs !== undefined) { choose(i, row); continue; }
      disputed.delete(i);
      if (!sent.has(i) || inputs[i].value === sent.get(i)) told.set(i, row.value);
      settle(i);
    }
    if (!dirty.has("start") && document.activeElement !== first) first.value = answer.start.value;
    const box = first.closest(".field"), error = document.getElementById("start-error");
    document.getElementById("id_valid_from_error")?.remove();
    box.classList.toggle("error", Boolean(answer.start.error));
    error.textContent = answer.start.error;
    for (const [name, text] of Object.entries(answer.counters)) form.querySelectorAll(`[data-counter=${name}]`).forEach((item) => { item.textContent = text; });
    state.textContent = [answer.said, answer.others, answer.saved].filter(Boolean).join(" ");
    if (answer.said || answer.others) say(`${answer.said} ${answer.others} ${skipped.hidden ? "" : skipped.textContent}`.trim());
    document.dispatchEvent(new Event("htmx:afterRequest"));
  };
  first.addEventListener("input", () => { dirty.add("start"); soon(1200); });
  for (const kind of ["online", "focus"]) addEventListener(kind, () => soon(50));
  form.addEventListener("submit", (event) => {
    leaving = !disputed.size;
    if (leaving) { setTimeout(() => { leaving = false; }, 8000); return; }
    // What somebody else has saved is not overwritten by the way: first one of the two is chosen.
    event.preventDefault();
    event.stopPropagation();
    go([...disputed][0]);
  });
  addEventListener("beforeunload", (event) => { if (!leaving && (dirty.size || busy || disputed.size)) event.preventDefault(); });

  // Which rows are shown, and the buttons over them.
  const filter = () => {
    const query = plain(form.elements.q.value), which = form.elements.show.value;
    const wanted = { wrong: (i) => rows[i].classList.contains("bad"), over: (i) => rows[i].classList.contains("above"), empty: (i) => !inputs[i].value }[which] ?? (() => true);
    let count = 0;
    rows.forEach((row, i) => { row.hidden = !(wanted(i) && `${codes[i]} ${names[i]}`.includes(query)); count += !row.hidden; });
    extend(-1);
    say(`${words.rows} ${count}`);
  };
  form.elements.q.addEventListener("input", filter);
  form.elements.q.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); const i = next(-1, 1); if (shown(i)) go(i); } });
  form.elements.show.addEventListener("change", filter);
  const acts = {
    undo, redo,
    fill: () => fill(false),
    wrong: () => {
      const order = [...rows.keys()], turned = [...order.slice(active + 1), ...order.slice(0, active + 1)];
      const found = turned.find((i) => rows[i].classList.contains("bad"));
      if (found === undefined) say(words.noWrong); else go(found);
    },
  };
  form.addEventListener("click", (event) => {
    const act = acts[event.target.closest?.("[data-act]")?.dataset.act];
    if (act) act();
  });
  form.elements.filter.hidden = true;
})();
