#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { openHost } from '../connect';
import { readInventory } from '../core/run/read-inventory';
import type { ServerPorts } from '../lsp/context';
import { startServer } from '../lsp/server';
import { configAliases } from '../ssh/config-aliases';

const TRANSPORTS = ['--stdio', '--node-ipc', '--pipe', '--socket'];

/** Beside the bundle; running from the sources there are none. */
const RULE_PAGES = path.join(__dirname, '..', 'docs', 'rules');

const ports: ServerPorts = {
  async readInventory(entry, { ask, cancel, sshConfig }) {
    const host = await openHost(entry, { ask, cancel, ...(sshConfig === undefined ? {} : { configFile: sshConfig }) });
    const forget = cancel.onRequest(() => void host.close());
    try {
      return await readInventory(host, new Date().toISOString());
    } finally {
      forget();
      await host.close();
    }
  },
  rulePage(rule) {
    const file = path.join(RULE_PAGES, `${rule}.md`);
    return existsSync(file) ? pathToFileURL(file).href : undefined;
  },
  sshAliases(configFile) {
    const home = homedir();
    const file = configFile ?? path.join(home, '.ssh', 'config');
    const aliases = configAliases({ home, configFile });
    return existsSync(file) ? { aliases, file: pathToFileURL(file).href } : { aliases };
  },
};

if (process.argv.some((argument) => TRANSPORTS.some((transport) => argument.startsWith(transport)))) {
  startServer(createConnection(ProposedFeatures.all), ports);
} else {
  process.stderr.write(
    'rawsend language server: start it with --stdio, or with the transport that your editor names\n',
  );
  process.exitCode = 2;
}
