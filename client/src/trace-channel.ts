import type { ConfigurationChangeEvent, ExtensionContext, LogOutputChannel } from 'vscode';
import { EventEmitter, LogLevel, workspace } from 'vscode';
import { withoutAnswers } from './redact';

const SETTING = 'rawsend.trace.server';

/**
 * The output channel as the language client's trace sees it. The client library traces only where a channel's
 * log level is `Trace`; people set `rawsend.trace.server`, so that setting is what this channel says of its
 * level.
 */
export function createTraceChannel(context: ExtensionContext, output: LogOutputChannel): LogOutputChannel {
  const changed = new EventEmitter<LogLevel>();
  const onChange = (event: ConfigurationChangeEvent): void => {
    if (event.affectsConfiguration(SETTING)) changed.fire(level());
  };
  context.subscriptions.push(changed, workspace.onDidChangeConfiguration(onChange));
  return {
    name: output.name,
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: (message) => output.info(withoutAnswers(message)),
    debug: (message) => output.debug(message),
    info: (message) => output.info(message),
    warn: (message) => output.warn(message),
    error: (error) => output.error(error),
    append: (value) => output.append(value),
    appendLine: (value) => output.appendLine(value),
    replace: (value) => output.replace(value),
    clear: () => output.clear(),
    show: () => output.show(),
    hide: () => output.hide(),
    dispose: () => undefined,
  };
}

const level = (): LogLevel =>
  workspace.getConfiguration().get<string>(SETTING, 'off') === 'off' ? LogLevel.Info : LogLevel.Trace;
