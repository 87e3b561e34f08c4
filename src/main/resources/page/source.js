/** What the program tells, kept up to date: by its events while they come, else by asking again. */

const POLL = 15000;
const AGAIN = 2000;
const PATIENCE = 60000;

export class Source {

  /** @param changed is called when something new is known, or the connection is another */
  constructor(changed) {
    this.changed = changed;
    this.tags = new Map();
    this.connection = "connecting";
    this.partial = false;
    this.status = null;
    this.runs = null;
    this.hosts = null;
    this.waiting = null;
    this.at = null;
  }

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.resume()));
    window.addEventListener("pagehide", () => this.pause());
    window.addEventListener("pageshow", () => this.resume());
    window.addEventListener("online", () => this.soon(0));
    this.resume();
  }

  /** A page that nobody looks at holds no connection: browsers have six for a server, for all tabs together. */
  pause() {
    this.events?.close();
    this.events = null;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.paused = true;
  }

  resume() {
    if (this.events || document.hidden) {
      return;
    }
    this.paused = false;
    this.listen();
    this.soon(0);
  }

  listen() {
    const events = new EventSource("api/events");
    this.events = events;
    events.onopen = () => this.live(true);
    events.onerror = () => {
      this.live(false);
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => this.events === events && this.listen(), POLL);
      }
    };
    events.onmessage = () => this.soon(200);
    events.addEventListener("reset", () => this.soon(200));
  }

  live(isLive) {
    const was = this.isLive;
    this.isLive = isLive;
    if (was !== isLive) {
      this.soon(isLive ? 200 : 0);
    }
  }

  /** Asks again after a while; never twice at once, and not all the time when much is to be read. */
  soon(milliseconds) {
    if (this.paused) {
      return;
    }
    if (this.asking) {
      this.once = true;
      return;
    }
    const spare = this.took ? Math.max(0, this.endedAt + this.took * 4 - performance.now()) : 0;
    const at = performance.now() + Math.max(milliseconds, milliseconds === 0 ? 0 : spare);
    if (this.timer === undefined || at < this.due) {
      clearTimeout(this.timer);
      this.due = at;
      this.timer = setTimeout(() => this.ask(), at - performance.now());
    }
  }

  async ask() {
    this.timer = undefined;
    this.asking = true;
    this.once = false;
    const began = performance.now();
    let next = POLL;
    try {
      const fresh = await this.read();
      this.connection = this.isLive ? "live" : "polling";
      this.at = Date.now();
      this.changed(fresh);
    } catch (failure) {
      this.lost(failure);
      next = AGAIN;
    }
    this.endedAt = performance.now();
    this.took = this.endedAt - began;
    this.asking = false;
    this.soon(this.once ? 200 : next);
  }

  lost(failure) {
    this.connection = "lost";
    this.why = failure.message;
    this.changed(new Set());
  }

  async read() {
    const fresh = new Set();
    const all = [this.get("api/status").then((status) => this.first(status)), this.getRuns(), this.getHosts()];
    const [status, runs, hosts] = await Promise.all(all);
    for (const [key, value] of Object.entries({status, runs, hosts})) {
      if (value !== undefined) {
        this[key] = value;
        fresh.add(key);
      }
    }
    return fresh;
  }

  /** Many hosts take a while to come; until then the page shows at least how things are. */
  first(status) {
    if (this.hosts === null && status !== undefined) {
      this.status = status;
      this.changed(new Set(["status"]));
    }
    return status;
  }

  async getRuns() {
    const runs = await this.get("api/runs", true);
    return runs === undefined || Array.isArray(runs) ? runs : [];
  }

  /** Before the first complete look there are none yet, and the program says why. */
  async getHosts() {
    const hosts = await this.get(this.partial ? "api/hosts?partial=true" : "api/hosts", true);
    if (hosts !== undefined && !Array.isArray(hosts)) {
      this.waiting = hosts;
      return this.hosts === null ? undefined : null;
    }
    if (hosts !== undefined) {
      this.waiting = null;
    }
    return hosts;
  }

  /** The answer; nothing if it is the one that is known. */
  async get(path, mayWait = false) {
    const tag = this.tags.get(path);
    const answer = await fetch(path, {
      headers: {Accept: "application/json", ...(tag ? {"If-None-Match": tag} : {})},
      cache: "no-store", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 304) {
      return undefined;
    }
    if (mayWait && answer.status === 503) {
      this.tags.delete(path);
      return answer.json().catch(() => ({}));
    }
    if (!answer.ok) {
      throw new Error(`${path} answered ${answer.status}`);
    }
    this.tags.set(path, answer.headers.get("ETag"));
    return answer.json();
  }
}
