import type { Stub } from './hosts';

/**
 * JavaScript in place of two native add-ons of VS Code's server. The log writer keeps the log files and output
 * channels alive; the watchdog ends an extension host whose server is gone.
 */
export const STUBS: Readonly<Record<Stub, string>> = {
  spdlog: `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(kind, name, file) {
    this.name = name;
    this.file = file;
    this.level = 2;
    this.plain = false;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, '');
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.plain = true; }
  setPattern() {}
  flush() {}
  drop() {}
  write(level, message) {
    if (level < this.level) return;
    const text = this.plain ? message : new Date().toISOString() + ' [' + LEVELS[level] + '] ' + message + '\\n';
    try { appendFileSync(this.file, text); } catch { /* The folder may be gone at shutdown. */ }
  }
}
LEVELS.forEach((name, level) => { Logger.prototype[name] = function (message) { this.write(level, message); }; });
const create = async (name, file) => new Logger('rotating', name, file);
module.exports = {
  version: 0, Logger, setLevel() {}, setFlushOn() {},
  createRotatingLogger: create, createAsyncRotatingLogger: create,
};
`,
  watchdog: `
exports.start = (parent) => {
  const timer = setInterval(() => {
    try { process.kill(parent, 0); } catch { process.exit(87); }
  }, 2000);
  timer.unref();
};
`,
};
