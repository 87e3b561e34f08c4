/**
 * A tree of many rows, of which only those on the screen are elements. It scrolls with the page. Arrow keys move in it as
 * in any tree grid: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
import {el} from "./dom.js";

const SPARE = 6;

export class Grid {

  /**
   * @param options.columns names of the columns
   * @param options.cells the cells of a row
   * @param options.height of a row in pixels
   * @param options.open what Enter does on a row without children
   * @param options.toggle opens and closes a row with children
   * @param options.top how much of the window the bar above covers
   */
  constructor(options) {
    this.options = options;
    this.rows = [];
    this.offsets = [0];
    this.shown = new Map();
    this.active = -1;
    this.head = el("div", {role: "row", class: "row head", "aria-rowindex": 1},
      options.columns.map(([kind, text]) => el("span", {role: "columnheader", class: kind}, text)));
    this.body = el("div", {role: "rowgroup", class: "rows"});
    this.element = el("div", {
      role: "treegrid", id: "grid", class: "grid", tabindex: 0, "aria-label": "Hosts by cluster, node and guest",
      onkeydown: (event) => this.key(event), onfocus: () => this.focused(),
    }, el("div", {role: "rowgroup"}, this.head), this.body);
    this.body.addEventListener("click", (event) => this.click(event));
    window.addEventListener("scroll", () => this.soon(), {passive: true});
    window.addEventListener("resize", () => this.measure());
  }

  /** Other rows; the one that was active stays so if it is still there. */
  set(rows) {
    const key = this.rows[this.active]?.key;
    this.rows = rows;
    this.active = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
    this.element.setAttribute("aria-rowcount", rows.length + 1);
    this.measure();
  }

  measure() {
    const {height} = this.options;
    const narrow = window.innerWidth < 760;
    let sum = 0;
    this.offsets = new Float64Array(this.rows.length + 1);
    for (let place = 0; place < this.rows.length; place++) {
      sum += height(this.rows[place], narrow);
      this.offsets[place + 1] = sum;
    }
    this.body.style.height = `${sum}px`;
    this.shown.forEach((element) => element.remove());
    this.shown.clear();
    this.render();
  }

  soon() {
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        this.render();
      });
    }
  }

  rowAt(y) {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle + 1] <= y) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  render() {
    if (!this.element.isConnected || this.element.offsetParent === null) {
      return;
    }
    const above = -this.body.getBoundingClientRect().top;
    const first = Math.max(0, this.rowAt(Math.max(0, above)) - SPARE);
    const last = Math.min(this.rows.length, this.rowAt(Math.max(0, above + window.innerHeight)) + SPARE);
    const wanted = new Set();
    for (let place = first; place < last; place++) {
      wanted.add(place);
    }
    if (this.active >= 0) {
      wanted.add(this.active);
    }
    this.shown.forEach((element, place) => {
      if (!wanted.has(place)) {
        element.remove();
        this.shown.delete(place);
      }
    });
    const fresh = [...wanted].filter((place) => !this.shown.has(place)).map((place) => this.row(place));
    this.body.append(...fresh);
    this.mark();
  }

  row(place) {
    const row = this.rows[place];
    const element = el("div", {
      role: "row", id: `row-${place}`, class: `row ${row.kind}${row.it && row.kind === "guest" ? " one" : ""}`,
      "aria-level": row.level, "aria-rowindex": place + 2, "aria-posinset": row.place, "aria-setsize": row.siblings,
      "aria-expanded": row.open === null ? null : String(row.open), "aria-selected": "false",
    }, this.options.cells(row));
    element.place = place;
    element.style.transform = `translateY(${this.offsets[place]}px)`;
    element.style.height = `${this.offsets[place + 1] - this.offsets[place]}px`;
    this.shown.set(place, element);
    return element;
  }

  mark() {
    this.shown.forEach((element, place) => {
      element.classList.toggle("active", place === this.active);
      element.setAttribute("aria-selected", String(place === this.active));
    });
    if (this.shown.has(this.active)) {
      this.element.setAttribute("aria-activedescendant", `row-${this.active}`);
    } else {
      this.element.removeAttribute("aria-activedescendant");
    }
  }

  focused() {
    if (this.active < 0 && this.rows.length > 0) {
      this.move(this.rowAt(Math.max(0, this.options.top() - this.body.getBoundingClientRect().top)));
    }
  }

  /** Makes a row the active one, and brings it into sight. */
  move(place) {
    if (this.rows.length === 0) {
      return;
    }
    this.active = Math.max(0, Math.min(this.rows.length - 1, place));
    const top = this.body.getBoundingClientRect().top + this.offsets[this.active];
    const bottom = top + this.offsets[this.active + 1] - this.offsets[this.active];
    const cover = this.options.top();
    if (top < cover) {
      window.scrollBy(0, top - cover);
    } else if (bottom > window.innerHeight) {
      window.scrollBy(0, bottom - window.innerHeight + 4);
    }
    this.render();
    this.options.moved(this.rows[this.active]);
  }

  toKey(key) {
    const place = this.rows.findIndex((row) => row.key === key || row.it && `i:${row.it.id}` === key);
    if (place >= 0) {
      this.move(place);
    }
    return place >= 0;
  }

  parent() {
    const level = this.rows[this.active].level;
    for (let place = this.active - 1; place >= 0; place--) {
      if (this.rows[place].level < level) {
        return place;
      }
    }
    return this.active;
  }

  key(event) {
    const page = Math.max(1, Math.floor((window.innerHeight - this.options.top()) / 40) - 1);
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.rows.length, End: this.rows.length};
    if (event.ctrlKey || event.metaKey || event.altKey || this.rows.length === 0) {
      return;
    }
    if (event.key in steps) {
      event.preventDefault();
      this.move(this.active + steps[event.key]);
    } else if (["ArrowLeft", "ArrowRight", "Enter", " "].includes(event.key) && this.active >= 0) {
      event.preventDefault();
      this.act(event.key, this.rows[this.active]);
    }
  }

  act(key, row) {
    const {open, toggle} = this.options;
    if (key === "ArrowLeft") {
      row.open ? toggle(row) : this.move(this.parent());
    } else if (key === "ArrowRight") {
      row.open === false ? toggle(row) : this.move(this.active + (row.open ? 1 : 0));
    } else if (row.it) {
      open(row);
    } else if (row.open !== null) {
      toggle(row);
    }
  }

  click(event) {
    const element = event.target.closest(".row");
    if (!element || String(window.getSelection()) !== "") {
      return;
    }
    this.active = element.place;
    this.mark();
    this.element.focus({preventScroll: true});
    this.act("Enter", this.rows[this.active]);
  }
}
