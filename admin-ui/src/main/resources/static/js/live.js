/*
 * Renews an open page. It asks for the same address again and again; the server answers that nothing is new (304), or
 * sends the page, of which what differs is taken over in place: what has the keyboard, a selection, typed text, an
 * opened part or a scrolled one stays as it is, as long as what it belongs to is there. A page is complete without this.
 */
(() => {
  "use strict";

  const AT_WORK_MILLIS = 2_000;
  const USUAL_MILLIS = 5_000;
  const SLOWER = 1.3;
  const QUIET_MILLIS = 30_000;
  const HIDDEN_MILLIS = 60_000;
  const FIRST_BACK_OFF_MILLIS = 10_000;
  const LONGEST_BACK_OFF_MILLIS = 300_000;

  const FIGURES = "dl.count > div, ol.steps > li, .title-row .tag, .title-row p.standing, [data-tells]";
  const ROWS = "tbody > tr, ul.todo > li, ul.rows > li";
  const TOLD_AT_ONCE = 4;
  const FIELDS = "input, textarea, select";
  /** In the tab's own storage: pages that were told to stand still. */
  const STILL = "page-figee";
  /** What a page says once, after something was done. */
  const KEPT = ".note[role=status]";

  const main = document.querySelector("main[data-live]");
  if (!main || !Map.groupBy) {
    return;
  }
  const account = document.querySelector(".who-name strong")?.textContent;
  const news = document.getElementById("nouveau");
  const still = document.getElementById("figer");
  let tag = main.dataset.live;
  let pause = USUAL_MILLIS;
  let failures = 0;
  let asOf = new Date();
  let timer = 0;
  let asking = false;
  let over = false;

  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

  // -- taking over what differs ----------------------------------------------------------------

  const picked = (select) => {
    const chosen = [...select.options].findIndex((option) => option.defaultSelected);
    return select.multiple ? false : select.selectedIndex !== Math.max(0, chosen);
  };

  /** Whether a person has entered something that the server does not know. */
  const entered = (field) => {
    if (field.type === "hidden") {
      return false;
    }
    if (field.tagName === "SELECT") {
      return picked(field);
    }
    return field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;
  };

  const inUse = (node) =>
    node.nodeType === Node.ELEMENT_NODE &&
    (node.contains(document.activeElement) || [node, ...node.querySelectorAll(FIELDS)].some((of) => of.matches(FIELDS) && entered(of)));

  const isKept = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(KEPT);

  /** By what the same thing is known in another state: a row by where its first link leads, query and all. */
  const nameOf = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) {
      return "#text";
    }
    const link = node.matches("tr, li") ? node.querySelector("a[href]")?.href : "";
    return [node.nodeName, node.id || node.getAttribute("aria-labelledby") || link || ""].join(" ");
  };

  const shown = (parent) =>
    [...parent.childNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE || (node.nodeType === Node.TEXT_NODE && node.nodeValue.trim()));

  const takeAttributes = (old, fresh) => {
    const own = old.tagName === "DETAILS" ? ["style", "open"] : ["style"];
    [...fresh.attributes].forEach(({ name, value }) => {
      if (!own.includes(name) && old.getAttribute(name) !== value) {
        old.setAttribute(name, value);
      }
    });
    [...old.attributes].forEach(({ name }) => {
      if (!own.includes(name) && !fresh.hasAttribute(name)) {
        old.removeAttribute(name);
      }
    });
  };

  /** @returns whether all of it could be taken over */
  const take = (old, fresh) => {
    if (old.nodeType === Node.TEXT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) {
        old.nodeValue = fresh.nodeValue;
      }
      return true;
    }
    if (isKept(old) || old.isEqualNode(fresh)) {
      return true;
    }
    if (old.matches(FIELDS)) {
      if (old === document.activeElement || entered(old)) {
        return true;
      }
      takeAttributes(old, fresh);
      if (old.tagName !== "SELECT" && old.type !== "file") {
        old.value = fresh.value;
        return true;
      }
    } else {
      takeAttributes(old, fresh);
    }
    return takeChildren(old, fresh);
  };

  const takeChildren = (old, fresh) => {
    let whole = true;
    const before = Map.groupBy(shown(old), nameOf);
    const pairs = shown(fresh).map((node) => [node, before.get(nameOf(node))?.shift()]);
    [...before.values()].flat().forEach((gone) => {
      if (isKept(gone)) {
        return;
      }
      if (inUse(gone)) {
        whole = false;
      } else {
        gone.remove();
      }
    });
    const staying = new Set(pairs.map(([, kept]) => kept));
    const next = (node) => {
      while (node && !staying.has(node)) {
        node = node.nextSibling;
      }
      return node;
    };
    let at = next(old.firstChild);
    pairs.forEach(([node, kept]) => {
      if (!kept) {
        old.insertBefore(document.importNode(node, true), at);
        old.insertBefore(document.createTextNode(" "), at);
        return;
      }
      if (kept === at) {
        at = next(at.nextSibling);
      } else {
        old.insertBefore(kept, at);
      }
      whole = take(kept, node) && whole;
    });
    return whole;
  };

  // -- telling it ------------------------------------------------------------------------------

  const texts = (selector) => [...main.querySelectorAll(selector)].map((node) => [node, words(node)]);

  const changed = (before, after) => {
    const known = new Set(before.map(([, text]) => text));
    return after.filter(([, text]) => text && !known.has(text));
  };

  const tell = (figures, rows) => {
    const lines = figures.slice(0, TOLD_AT_ONCE).map(([, text]) => text);
    if (rows.length > 0) {
      lines.push(rows.length === 1 ? news.dataset.one : news.dataset.several.replace("#", rows.length));
    }
    if (lines.length > 0) {
      news.textContent = lines.join(". ");
    }
    [...figures, ...rows].forEach(([node]) => node.classList.add("renewed"));
  };

  const show = (page) => {
    const figures = texts(FIGURES);
    const rows = texts(ROWS);
    const focused = document.activeElement;
    main.querySelectorAll(".renewed").forEach((node) => node.classList.remove("renewed"));
    const whole = takeChildren(main, page.querySelector("main"));
    [".foot", ".bell"].forEach((around) => take(document.querySelector(around), page.querySelector(around)));
    tellWhatStillDoes();
    // What changes its place lets go of the keyboard.
    if (focused !== document.activeElement && focused.isConnected) {
      focused.focus({ preventScroll: true });
    }
    tell(changed(figures, texts(FIGURES)), changed(rows, texts(ROWS)));
    return whole;
  };

  /** Whoever marks something, to copy it, would lose it. */
  const isMarking = () => {
    const marked = getSelection();
    return !marked.isCollapsed && main.contains(marked.anchorNode);
  };

  // -- asking ----------------------------------------------------------------------------------

  const say = (id) => {
    ["muet", "fini"].forEach((each) => {
      const line = document.getElementById(each);
      line.hidden = each !== id;
      line.querySelector("time").textContent = asOf.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
    });
  };

  const stands = () => sessionStorage.getItem(STILL) !== null;

  const tellWhatStillDoes = () => {
    still.hidden = false;
    still.textContent = stands() ? still.dataset.again : still.dataset.stop;
  };

  const after = (millis) => {
    clearTimeout(timer);
    timer = setTimeout(ask, millis);
  };

  const askLater = () => {
    if (document.hidden) {
      after(HIDDEN_MILLIS);
    } else if (main.querySelector("[data-at-work]")) {
      after(AT_WORK_MILLIS);
    } else {
      after(pause);
      pause = Math.min(QUIET_MILLIS, pause * SLOWER);
    }
  };

  const fail = (retryAfterSeconds) => {
    failures += 1;
    if (failures > 1) {
      say("muet");
    }
    after(Math.max(retryAfterSeconds * 1_000, Math.min(LONGEST_BACK_OFF_MILLIS, FIRST_BACK_OFF_MILLIS * 2 ** (failures - 1))));
  };

  /**
   * For good: the page has to be asked for by a person.
   *
   * @param why one of those that the line knows words for
   */
  const end = (why) => {
    over = true;
    clearTimeout(timer);
    const line = document.getElementById("fini");
    line.querySelector("span").textContent = line.dataset[why];
    line.querySelector("a").href = location.href;
    say("fini");
  };

  /** @returns null where nobody answers */
  const answered = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Renewal": "1", "If-None-Match": tag }, redirect: "manual", cache: "no-store" });
      return { status: answer.status, headers: answer.headers, text: answer.status === 200 ? await answer.text() : "" };
    } catch {
      return null;
    }
  };

  const ask = async () => {
    if (asking || over || stands()) {
      return;
    }
    asking = true;
    const answer = await answered();
    asking = false;
    if (!answer || answer.status === 429 || answer.status >= 500) {
      fail(Number(answer?.headers.get("Retry-After") ?? 0));
      return;
    }
    if (answer.status === 200) {
      const page = new DOMParser().parseFromString(answer.text, "text/html");
      // Somebody else has logged in, in another tab: what is theirs is not shown under this name.
      if (page.querySelector(".who-name strong")?.textContent !== account) {
        end("other");
        return;
      }
      if (!isMarking() && show(page)) {
        tag = answer.headers.get("ETag") ?? tag;
        pause = USUAL_MILLIS;
      }
    } else if (answer.status !== 304) {
      end(answer.status === 401 ? "over" : "gone");
      return;
    }
    asOf = new Date();
    failures = 0;
    say("");
    askLater();
  };

  const askSoon = () => {
    if (!document.hidden) {
      pause = USUAL_MILLIS;
      ask();
    }
  };
  document.addEventListener("visibilitychange", askSoon);
  window.addEventListener("online", askSoon);
  // Who reads slowly, or listens, has all pages of this tab stand still until told otherwise.
  still.addEventListener("click", () => {
    if (stands()) {
      sessionStorage.removeItem(STILL);
    } else {
      sessionStorage.setItem(STILL, "");
    }
    tellWhatStillDoes();
    askSoon();
  });
  tellWhatStillDoes();
  // What the browser kept of a page that was left is as old as it looks.
  window.addEventListener("pageshow", (event) => event.persisted && askSoon());
  askLater();
})();
