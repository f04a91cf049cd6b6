import { parseArgs } from 'node:util';
import { checkOptions } from './check-options';
import type { ExitCode } from './exit-code';
import type { Io } from './io';

/** One option of a command. The same entry drives the parser, the errors and `--help`. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What `--help` calls the argument of a string option. */
  readonly argument?: string;
  /** The only arguments allowed. */
  readonly choices?: readonly string[];
  /** What holds without the option, in words. Not called `default`, which `parseArgs` would take for the value. */
  readonly otherwise?: string;
  /** The argument may be left out, and is only ever written with `=`: the next word may be an operand. */
  readonly optional?: boolean;
  readonly summary: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** A command as the dispatcher and `--help` see it. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What follows the options, e.g. `NAME…`. */
  readonly operands: string;
  /** Paragraphs of `--help`. */
  readonly description: readonly string[];
  readonly options: OptionTable;
  readonly examples: readonly Example[];
  readonly invoke: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

export interface Example {
  readonly command: string;
  readonly meaning: string;
}

interface Definition<O extends OptionTable> extends Omit<Command, 'options' | 'invoke'> {
  readonly options: O;
  readonly run: (invocation: Invocation<O>, io: Io) => Promise<ExitCode>;
}

type Values<O extends OptionTable> = {
  readonly [K in keyof O]?: O[K]['type'] extends 'boolean'
    ? boolean
    : O[K] extends { multiple: true }
      ? string[]
      : string;
};

/** What was typed, checked against the table. */
export interface Invocation<O extends OptionTable> {
  readonly values: Values<O>;
  readonly operands: readonly string[];
}

export function defineCommand<const O extends OptionTable>(definition: Definition<O>): Command {
  const { run, ...command } = definition;
  return {
    ...command,
    invoke: (args, io) => {
      const written = writeOutOptional(definition.options, args);
      checkOptions(definition.name, definition.options, written);
      const { values, positionals } = parseArgs({
        args: [...written],
        options: definition.options,
        allowPositionals: true,
      });
      return run({ values, operands: positionals }, io);
    },
  };
}

/** An optional argument that is left out is the empty one. */
function writeOutOptional(options: OptionTable, args: readonly string[]): readonly string[] {
  const bare = new Set(
    Object.keys(options)
      .filter((name) => options[name]?.optional === true)
      .map((name) => `--${name}`),
  );
  const end = args.indexOf('--');
  return args.map((arg, index) => (bare.has(arg) && (end === -1 || index < end) ? `${arg}=` : arg));
}
