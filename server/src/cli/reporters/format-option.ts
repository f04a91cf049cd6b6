/** The option of every command that prints a report. */
export const FORMAT_OPTION = {
  format: {
    type: 'string',
    argument: 'FORM',
    choices: ['text', 'json'],
    otherwise: 'text',
    summary: 'Form of the report',
  },
} as const;

/** The JSON form of a report. Each carries `schema`, so that programs notice when it changes. */
export const toJsonReport = (body: object): string => formatJson({ schema: 1, ...body });

/** A lone surrogate stands for a byte of another encoding, and many readers of JSON refuse it. */
export const formatJson = (value: object): string =>
  `${JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replaceAll(/\p{Cs}/gu, '\uFFFD') : part), 2)}\n`;
