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
export const toJsonReport = (body: object): string => `${JSON.stringify({ schema: 1, ...body }, undefined, 2)}\n`;
